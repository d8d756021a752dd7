import { expect, it } from 'vitest'
import { labDefaults } from './labs'
import { canBeDotProduct, withModel } from './withModel'

it('goes from the dot product to a network and back to the same model', () => {
  const network = withModel(labDefaults.movies, 'tabular')
  expect(network.model.type).toBe('tabular')
  expect(withModel(network, 'dotProduct')).toEqual(labDefaults.movies)
})

it('standardizes the number that a network learns, not that of a dot product', () => {
  const standardizes = ({ label }: typeof labDefaults.movies) =>
    label.task === 'regression' && label.targets.every(({ standardize }) => standardize)
  const network = withModel(labDefaults.movies, 'tabular')
  expect(standardizes(network)).toBe(true)
  expect(standardizes(withModel(network, 'dotProduct'))).toBe(false)
})

it('makes both sides of a dot product as long as the first', () => {
  const network = withModel(labDefaults.movies, 'tabular')
  const columns = network.columns.map((column, i) => ({ ...column, dimension: 3 + i }))
  const dimensions = withModel({ ...network, columns } as typeof network, 'dotProduct').columns.map(
    (column) => column.type === 'embedding' && column.dimension,
  )
  expect(dimensions).toEqual([3, 3])
})

it('needs two embeddings for a dot product', () => {
  expect(canBeDotProduct(labDefaults.dayHour)).toBe(false)
  expect(withModel(labDefaults.dayHour, 'dotProduct')).toBe(labDefaults.dayHour)
})
