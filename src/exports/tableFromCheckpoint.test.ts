import { expect, it } from 'vitest'
import { labDefaults } from '../experiment/labs'
import { tableFromCheckpoint } from './tableFromCheckpoint'
import { decodeWeights, encodeWeights, type Weights } from './weightsFile'

const weights: Weights = {
  experiment: labDefaults.movies,
  dataset: { name: 'movies', title: 'Movies', fingerprint: 'builtin-movies-1', rows: 10 },
  backend: 'cpu',
  step: 12,
  epoch: 1.5,
  metrics: null,
  inputs: [],
  outputs: [],
  keyed: {
    film_embedding: {
      column: 'film',
      keys: ['Alien', 'Big', 'Cube'],
      array: { shape: [3, 2], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
    },
  },
  dense: { global_bias: { shape: [], values: Float32Array.of(3.5) } },
  training: null,
}
const checkpoint = decodeWeights(encodeWeights(weights))

it.each([3, null])('gives the table of a saved file row for row, in an array of its own (%s buckets)', (buckets) => {
  const { keys, shape, values } = tableFromCheckpoint(checkpoint, 'film_embedding', { buckets, dimension: 2 })
  expect({ keys, shape, values: [...values] }).toEqual({
    keys: ['Alien', 'Big', 'Cube'],
    shape: [3, 2],
    values: [1, 2, 3, 4, 5, 6],
  })
  values.fill(0)
  expect(checkpoint.keyed.film_embedding!.array.values[0]).toBe(1)
})

it('says which of the two sizes is another, and what the file has', () => {
  const wanted =
    (buckets: number | null, dimension: number, name = 'film_embedding') =>
    () =>
      tableFromCheckpoint(checkpoint, name, { buckets, dimension })
  expect(wanted(3, 8)).toThrow(
    "'film_embedding' has the shape [3, 2] in the weights file, and this embedding needs [3, 8]: it holds vectors of 2 numbers, not of 8. TensorFlow refuses such a checkpoint, too.",
  )
  expect(wanted(null, 8)).toThrow('this embedding needs [any, 8]: it holds vectors of 2 numbers, not of 8.')
  expect(wanted(400, 2)).toThrow('it holds 3 buckets, not 400.')
  expect(wanted(2, 3)).toThrow('it holds 3 buckets, not 2 and vectors of 2 numbers, not of 3.')
  expect(wanted(1, 1, 'global_bias')).toThrow('it is no embedding table')
  expect(wanted(3, 2, 'book_embedding')).toThrow('It has: film_embedding, global_bias.')
})
