import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020'
import { expect, it } from 'vitest'
import { labDefaults } from '../experiment/labs'
import { createRandom } from '../lib/random'
import { decodeWeights, encodeWeights, peekExperiment, type Weights } from './weightsFile'

const random = createRandom(7)
const draw = (length: number) => Float32Array.from({ length }, () => random.normal() * 10 ** random.integer(9))

function example(): Weights {
  return {
    experiment: labDefaults.movies,
    dataset: { name: 'movies', title: 'Movies', fingerprint: 'builtin-movies-1', rows: 10 },
    backend: 'cpu',
    step: 12,
    epoch: 1.5,
    metrics: { step: 10, epoch: 1, train: { loss: 0.5, r2: Number.NaN }, validation: { loss: 0.6 } },
    inputs: [
      { name: 'temp', kind: 'numeric', normalizer: 'standardize', mean: 281.2, deviation: 13.3, fill: 0 },
      { name: 'weather_indicator', kind: 'indicator', keys: ['Rain', 'Snow'] },
    ],
    outputs: [{ name: 'rating', unit: 'stars', mean: 0, deviation: 1, transform: 'none' }],
    keyed: {
      film_embedding: {
        column: 'film',
        keys: ['Alien', 'Big', '"quoted" · ünïcode'],
        array: { shape: [3, 2], values: draw(6) },
      },
      film_bias: { column: 'film', keys: ['Alien', 'Big', 'Cube'], array: { shape: [3], values: draw(3) } },
    },
    dense: { 'head/kernel': { shape: [2, 3], values: draw(6) }, global_bias: { shape: [], values: draw(1) } },
    training: {
      optimizer: { 'film_embedding/accumulator': { shape: [3, 2], values: draw(6) } },
      optimizerSteps: 12,
      batches: { position: 3 },
    },
  }
}

it('reads back every weight to the bit', () => {
  const weights = example()
  expect(decodeWeights(encodeWeights(weights))).toEqual(weights)
})

it('keeps what people call the rows, and refuses names for other rows', () => {
  const weights = example()
  weights.keyed.film_embedding!.labels = weights.keyed.film_embedding!.keys.map((key) => `${key} (1999)`)
  const bytes = encodeWeights(weights)
  expect(decodeWeights(bytes)).toEqual(weights)
  weights.keyed.film_embedding!.labels.pop()
  expect(() => decodeWeights(encodeWeights(weights))).toThrow(/film_embedding has \d+ labels for \d+ rows/)
})

it('keeps a table of shared embeddings that is called like a bias', () => {
  const weights = example()
  weights.keyed.film_bias = { column: 'film', keys: ['Alien', 'Big'], array: { shape: [2, 2], values: draw(4) } }
  expect(decodeWeights(encodeWeights(weights))).toEqual(weights)
})

it('writes float32 values with at most nine digits', () => {
  const text = new TextDecoder().decode(encodeWeights(example()))
  expect(text).not.toMatch(/\.\d{12}/)
})

it('matches the published JSON Schema', () => {
  const schema = JSON.parse(readFileSync('docs/weights-format.schema.json', 'utf8'))
  const validate = new Ajv({ strict: false }).compile(schema)
  const file = JSON.parse(new TextDecoder().decode(encodeWeights(example())))
  expect(validate(file), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ ...file, embeddings: { film: { keys: [] } } })).toBe(false)
})

it('refuses to save a number that is not finite', () => {
  const weights = example()
  weights.dense['head/kernel']!.values[4] = Number.NaN
  expect(() => encodeWeights(weights)).toThrow('head/kernel holds a number that is not finite')
})

it('says what is wrong with a damaged file', () => {
  const bytes = (change: (file: Record<string, never>) => void) => {
    const file = JSON.parse(new TextDecoder().decode(encodeWeights(example())))
    change(file)
    return new TextEncoder().encode(JSON.stringify(file)).buffer as ArrayBuffer
  }
  expect(() => decodeWeights(new ArrayBuffer(3))).toThrow('not JSON')
  expect(() => peekExperiment(bytes((file) => Object.assign(file, { format: 'other' })))).toThrow('not a weights file')
  expect(() => decodeWeights(bytes((file) => Object.assign(file, { step: -1 })))).toThrow('damaged at step')
  const shorter = bytes((file: { embeddings?: { film_embedding: { rows: number[][] } } }) =>
    file.embeddings?.film_embedding.rows.pop(),
  )
  expect(() => decodeWeights(shorter)).toThrow('film_embedding says shape [3, 2]')
})
