import { expect, it } from 'vitest'
import { createFusedModel } from '../engine/cpu/createFusedModel'
import type { EmbeddingColumn } from '../experiment/experiment'
import { hasPlainTables } from './hasPlainTables'
import { modelCases } from './modelCases'

const { encoded, experiment } = modelCases().find((one) => one.experiment.model.type === 'tabular')!

function withTables(change: Partial<EmbeddingColumn>) {
  const columns = experiment.columns.map((column) => (column.type === 'embedding' ? { ...column, ...change } : column))
  return { ...experiment, columns }
}

it('is what the fused executions ask for: no clipped rows, no shared tables, no weights', () => {
  expect(hasPlainTables(encoded, experiment)).toBe(true)
  const clipped = withTables({ maxNorm: 1 })
  const shared = withTables({ sharedEmbeddingCollectionName: 'both' })
  for (const other of [clipped, shared]) {
    expect(hasPlainTables(encoded, other)).toBe(false)
    expect(createFusedModel(encoded, other)).toBeNull()
  }
  const [column, ...others] = encoded.categorical
  const weighted = { ...encoded, categorical: [{ ...column!, weights: new Float32Array(1) }, ...others] }
  expect(hasPlainTables(weighted, experiment)).toBe(false)
  expect(createFusedModel(weighted, experiment)).toBeNull()
})
