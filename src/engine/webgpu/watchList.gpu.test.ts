import { describe, expect, it } from 'vitest'
import { gatherRows } from '../../columns/batches'
import { encodeData } from '../../columns/encodeData'
import type { DataSet } from '../../data/table'
import { labDefaults } from '../../experiment/labs'
import { suggestWatchList } from '../../experiment/suggestWatchList'
import { testSummary } from '../../experiment/testSummary'
import { createRandom } from '../../lib/random'
import { expectNear, expectSameState, onCpu, onGpu } from './trainableChecks'

const adapter = await navigator.gpu?.requestAdapter()

/** 40 viewers, each with 12 ratings of 60 films. */
function listsOfViewers(): DataSet {
  const random = createRandom(3)
  const rowCount = 480
  return {
    table: {
      name: 'lists',
      rowCount,
      columns: [
        { name: 'viewer', type: 'integer', values: Int32Array.from({ length: rowCount }, (_, row) => row % 40) },
        {
          name: 'film',
          type: 'string',
          values: Array.from({ length: 60 }, (_, film) => `film ${film}`),
          codes: Int32Array.from({ length: rowCount }, () => random.integer(60)),
        },
        { name: 'rating', type: 'number', values: new Float32Array(rowCount).fill(5) },
      ],
    },
    summary: testSummary([]),
    entities: [],
  }
}

describe.skipIf(!adapter)('a watch list on webgpu', () => {
  it('comes to the weights of the cpu', async () => {
    const experiment = suggestWatchList(labDefaults.movies, { columns: [], nature: 'simulated' })
    if (!experiment) throw new Error('The lab has no users and items any more.')
    const one = { name: 'watch list', experiment, encoded: encodeData(listsOfViewers(), experiment) }
    const [cpu, gpu] = [await onCpu(one), await onGpu(one)]
    for (const model of [cpu, gpu]) model.trainStep(gatherRows(one.encoded, one.encoded.trainRows.slice(0, 200)))
    expectSameState(await gpu.save(), await cpu.save())
    const rows = one.encoded.validationRows
    const batch = gatherRows(one.encoded, rows)
    expectNear(await gpu.predictRows(rows), await cpu.predict(batch), 'outputs')
    expect(rows.length).toBeGreaterThan(20)
    gpu.dispose()
    cpu.dispose()
  })
})
