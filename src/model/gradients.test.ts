import { beforeAll, describe, expect, it } from 'vitest'
import type { EncodedData, SparseBatch } from '../columns/sparseBatch'
import { columnName, tableName } from '../experiment/columnName'
import type { Experiment } from '../experiment/experiment'
import { useBackend as startBackend } from './backends'
import { createModel } from './createModel'
import { type ModelCase, modelCases, sharedCases, weightedCase } from './modelCases'
import { batchOfRows } from './syntheticData'
import type { Checkpoint } from './trainable'

const BATCH = 20
const STEP = 1e-3

// Plain descent at rate 1 moves every weight by its gradient: what the step did is compared with differences of the loss
// that the documentation of the experiment defines, computed here from predictions alone.
describe.each(['cpu', 'wasm'] as const)('gradients on %s', (backend) => {
  beforeAll(() => startBackend(backend, { wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' }))

  for (const l2 of [0, 0.1]) {
    const optimizer: Experiment['optimizer'] = { type: 'sgd', learningRate: 1 }
    const cases = [...modelCases({ optimizer, l2 }), ...sharedCases({ optimizer, l2 })]
    it.each([...cases, ...cases.map(clipped), ...cases.map(weightedCase)])(
      `are those of the loss: $name, l2 ${l2}`,
      async ({ encoded, experiment }) => {
        const model = createModel(encoded, experiment)
        const batch = batchOfRows(encoded, 0, BATCH)
        const before = jolted(await model.save())
        model.restore(before)
        const lossAt = async (checkpoint: Checkpoint) => {
          model.restore(checkpoint)
          const outputs = await model.predict(batch)
          return dataLoss(encoded, batch, outputs) + l2 * penalty(encoded, experiment, batch, checkpoint)
        }
        const expectedLoss = dataLoss(encoded, batch, await model.predict(batch))
        model.trainStep(batch)
        expect(await model.takeTrainLoss()).toBeCloseTo(expectedLoss, 5)
        const after = await model.save()

        for (const [name, { values }] of Object.entries(before.weights)) {
          if (name === 'global_bias') continue
          for (let i = 0; i < values.length; i++) {
            const kept = values[i]!
            values[i] = kept + STEP
            const above = await lossAt(before)
            values[i] = kept - STEP
            const slope = (above - (await lossAt(before))) / (2 * STEP)
            values[i] = kept
            const moved = kept - after.weights[name]!.values[i]!
            expect(Math.abs(moved - slope), `${name}[${i}]: ${moved}, differences say ${slope}`).toBeLessThan(2e-3)
          }
        }
        model.dispose()
      },
    )
  }
})

/** Rows longer than 0.4 are looked up scaled down: some are, some are not. */
function clipped({ name, encoded, experiment }: ModelCase): ModelCase {
  const columns = experiment.columns.map((column) =>
    column.type === 'embedding' ? { ...column, maxNorm: 0.4 } : column,
  )
  return { name: `${name}, rows clipped`, encoded, experiment: { ...experiment, columns } }
}

/** No weight at 0, where relu has a corner, and biases that are not all alike. */
function jolted(checkpoint: Checkpoint): Checkpoint {
  for (const [name, { values }] of Object.entries(checkpoint.weights)) {
    if (name.endsWith('bias')) for (let i = 0; i < values.length; i++) values[i]! += 0.3 * Math.sin(i + name.length)
  }
  return checkpoint
}

function dataLoss({ label }: EncodedData, { size, labels }: SparseBatch, outputs: Float32Array): number {
  let sum = 0
  if (label.task === 'regression') {
    for (const [i, output] of outputs.entries()) sum += (output - labels[i]!) ** 2 / label.outputs
  } else if (label.task === 'binary') {
    for (const [i, logit] of outputs.entries()) sum += Math.log(1 + Math.exp(labels[i] === 1 ? -logit : logit))
  } else {
    for (let b = 0; b < size; b++) {
      const logits = [...outputs.subarray(b * label.outputs, (b + 1) * label.outputs)]
      sum += Math.log(logits.reduce((total, logit) => total + Math.exp(logit), 0)) - logits[labels[b]!]!
    }
  }
  return sum / size
}

/** Mean over the batch of Σ‖looked-up rows‖², plus Σ‖dense kernels‖² without the rows of indicator columns. */
function penalty(
  encoded: EncodedData,
  { columns, model }: Experiment,
  batch: SparseBatch,
  { weights }: Checkpoint,
): number {
  let sum = 0
  const square = (values: Float32Array) => values.reduce((total, value) => total + value * value, 0)
  const lookedUp = (key: string, table: Float32Array, width: number) => {
    const { ids } = batch.categorical[encoded.categorical.findIndex(({ name }) => name === key)]!
    for (const id of ids) sum += square(table.subarray(id * width, (id + 1) * width)) / batch.size
  }
  for (const column of columns) {
    if (column.type !== 'embedding' || column.categorical.type === 'crossed') continue
    lookedUp(column.categorical.key, weights[tableName(column)]!.values, column.dimension)
    if (model.type === 'dotProduct')
      lookedUp(column.categorical.key, weights[`${column.categorical.key}_bias`]!.values, 1)
  }
  for (const [name, { values, shape }] of Object.entries(weights)) {
    if (!name.endsWith('/kernel')) continue
    if (!(name.startsWith('hidden_0') || !weights['hidden_0/kernel'])) {
      sum += square(values)
      continue
    }
    const units = shape[1]!
    let row = 0
    for (const column of [...columns].sort((a, b) => (columnName(a) < columnName(b) ? -1 : 1))) {
      const rows =
        column.type === 'embedding' ? column.dimension : column.type === 'numeric' ? 1 : bucketsOf(column.categorical)
      const part = values.subarray(row * units, (row + rows) * units)
      if (column.type === 'indicator' && column.categorical.type === 'identity')
        lookedUp(column.categorical.key, part, units)
      else sum += square(part)
      row += rows
    }
    expect(row).toBe(shape[0])
  }
  return sum
}

function bucketsOf(column: Extract<Experiment['columns'][number], { type: 'indicator' }>['categorical']): number {
  if (column.type !== 'identity') throw new Error('The cases have indicators of identity columns only.')
  return column.numBuckets
}
