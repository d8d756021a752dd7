import { afterAll, describe, expect, it } from 'vitest'
import { encodeData } from '../columns/encodeData'
import { loadBuiltin } from '../data/builtin/loadBuiltin'
import { readPublicFile } from '../data/builtin/readPublicFile'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import { limits } from '../experiment/limits'
import { suggestWatchList } from '../experiment/suggestWatchList'
import { createExecutions } from './executions'

const executions = createExecutions('node_modules/@tensorflow/tfjs-backend-wasm/dist/', () => performance.now())
const suggested = suggestWatchList(labDefaults.movies, { columns: [], nature: 'simulated' })
if (!suggested) throw new Error('The lab has no users and items any more.')
const experiment = suggested
const dataSet = await loadBuiltin('movies', readPublicFile)
const encoded = encodeData(dataSet, experiment)
const made: { dispose(): void }[] = []
afterAll(() => made.forEach((model) => void model.dispose()))

async function on(backend: Experiment['backend'], change: Partial<Experiment> = {}, items = encoded.label.outputs) {
  const data = { ...encoded, label: { ...encoded.label, outputs: items } }
  const execution = await executions.create(data, { ...experiment, ...change, backend })
  made.push(execution.model)
  return execution
}

describe('the executions of a watch list', () => {
  it('takes the same steps fused and in plain JavaScript', { timeout: 30_000 }, async () => {
    const [fused, plain] = [await on('wasm'), await on('cpu')]
    expect([fused.backend, plain.backend]).toEqual(['wasm', 'cpu'])
    for (const { model } of [fused, plain]) model.trainSteps({ epoch: 0, position: 0 }, 3)
    expect(await plain.model.takeTrainLoss()).toBeCloseTo(await fused.model.takeTrainLoss(), 4)
    const rows = encoded.validationRows.subarray(0, 20)
    const [a, b] = [await fused.model.predictRows(rows), await plain.model.predictRows(rows)]
    const farthest = a.reduce((most, logit, i) => Math.max(most, Math.abs(logit - b[i]!)), 0)
    expect(farthest).toBeLessThan(1e-4)
  })

  it.each(['cpu', 'webgpu', 'auto'] as const)(
    'runs a sampled softmax in WebAssembly and says so: %s',
    async (backend) => {
      const execution = await on(backend, {}, limits.classes)
      expect(execution.backend).toBe('wasm')
      expect(execution.reason).toContain('the sampled softmax of a long watch list runs there alone')
      expect(execution.reason.includes('whatever is chosen')).toBe(backend !== 'auto')
    },
  )

  it('refuses to clip the rows of one', async () => {
    const columns = experiment.columns.map((column) =>
      column.type === 'embedding' ? { ...column, maxNorm: 1 } : column,
    )
    await expect(on('wasm', { columns }, limits.classes)).rejects.toMatchObject({ field: 'columns.0.maxNorm' })
  })
})
