import { describe, expect, it } from 'vitest'
import goldens from '../../tests/goldens/tensorflow-feature-columns.json'
import { crossedColumn } from '../experiment/featureColumn'
import { type CrossInput, combine, hashCombinations } from './crossInputs'
import { encodeCross } from './encodeColumn'
import { fingerprints } from './fingerprint64'

function texts(rows: string[][]): CrossInput {
  const words = [...new Set(rows.flat())]
  const offsets = Int32Array.from([0, ...rows.map((_, i) => rows.slice(0, i + 1).flat().length)])
  return {
    rows: { values: Int32Array.from(rows.flat(), (word) => words.indexOf(word)), offsets },
    size: words.length,
    hashes: fingerprints(words),
    places: Int32Array.from(words, (_, i) => i),
    placeCount: words.length,
    label: (code) => words[code]!,
    sparse: true,
  }
}

describe('combine', () => {
  it('crosses every value of a row with every other, as in the example of the TensorFlow documentation', () => {
    const inputs = [texts([['a'], ['b', 'c']]), texts([['d'], ['e']])]
    const combinations = combine(inputs)
    const ids = hashCombinations(inputs, combinations, 1000)
    expect([...combinations.rows.offsets!]).toEqual([0, 1, 3])
    expect([...combinations.rows.values].map((code) => ids[code])).toEqual(
      goldens.cross_str_doc_example_1000.map(([, id]) => id),
    )
  })

  it('varies the last key fastest and leaves rows without a value empty', () => {
    const inputs = [texts([['a', 'b'], [], ['a']]), texts([['x', 'y'], ['x'], []])]
    const encoded = encodeCross(crossedColumn(['k', 'l'], 50, { exact: true }), inputs, 3)
    expect([...encoded.ids].map((id) => encoded.bucketKeys[id])).toEqual(['a × x', 'a × y', 'b × x', 'b × y'])
    expect([...encoded.offsets!]).toEqual([0, 4, 4, 4])
    expect(encoded.droppedRows).toBe(2)
  })

  it('finds the same combinations whether pairs are few or many', () => {
    const rows = 3000
    const input = (stride: number, size: number): CrossInput => ({
      rows: { values: Int32Array.from({ length: rows }, (_, i) => (i * stride) % size), offsets: null },
      size,
      hashes: fingerprints(Array.from({ length: size }, (_, i) => `${i}`)),
      places: Int32Array.from({ length: size }, (_, i) => i),
      placeCount: size,
      label: String,
      sparse: true,
    })
    for (const size of [50, 4000]) {
      const inputs = [input(7, size), input(13, size)]
      const { rows: held, parts, count } = combine(inputs)
      const pairs = Array.from({ length: rows }, (_, i) => `${(i * 7) % size},${(i * 13) % size}`)
      expect([...held.values].map((code) => `${parts[0]![code]},${parts[1]![code]}`)).toEqual(pairs)
      expect(count).toBe(new Set(pairs).size)
    }
  })
})
