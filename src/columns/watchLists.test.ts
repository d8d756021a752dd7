import { describe, expect, it } from 'vitest'
import { loadBuiltin } from '../data/builtin/loadBuiltin'
import { readPublicFile } from '../data/builtin/readPublicFile'
import type { DataSet } from '../data/table'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import { suggestWatchList } from '../experiment/suggestWatchList'
import { testSummary } from '../experiment/testSummary'
import type { WatchListSpec } from '../experiment/watchList'
import { encodeData } from './encodeData'
import { HELD_OUT_ITEMS } from './watchLists'

const suggested = suggestWatchList(labDefaults.movies, { columns: [], nature: 'simulated' })
if (!suggested) throw new Error('The lab has no users and items any more.')
const base = suggested

/** Ann watches a b c d, Bob c a (and c again), Cid only b; Dan has no film. In the order of the times, the table is mixed up. */
const rows: [string, string, number, number][] = [
  ['ann', 'c', 3, 5],
  ['bob', 'a', 20, 5],
  ['ann', 'a', 1, 2],
  ['cid', 'b', 5, 5],
  ['ann', 'd', 4, 5],
  ['bob', 'c', 10, 5],
  ['dan', '', 7, 5],
  ['bob', 'c', 30, 5],
  ['ann', 'b', 2, 4],
]

function tableOf(): DataSet {
  const text = (name: string, values: string[]) => {
    const distinct = [...new Set(values)]
    return {
      name,
      type: 'string' as const,
      values: distinct,
      codes: Int32Array.from(values, (v) => distinct.indexOf(v)),
    }
  }
  const numbers = (name: string, values: number[]) => ({
    name,
    type: 'integer' as const,
    values: Int32Array.from(values),
  })
  const columns = [
    text(
      'viewer',
      rows.map(([viewer]) => viewer),
    ),
    text(
      'film',
      rows.map(([, film]) => film),
    ),
    numbers(
      'time',
      rows.map(([, , time]) => time),
    ),
    numbers(
      'rating',
      rows.map(([, , , rating]) => rating),
    ),
  ]
  return { table: { name: 'lists', rowCount: rows.length, columns }, summary: testSummary([]), entities: [] }
}

function encode(model: Partial<WatchListSpec>, split: Partial<Experiment['split']> = {}) {
  const experiment: Experiment = {
    ...base,
    model: { ...(base.model as WatchListSpec), liked: null, order: 'time', ...model },
    split: { ...base.split, validationShare: 0.5, ...split },
  }
  const encoded = encodeData(tableOf(), experiment)
  const [{ ids, offsets }] = encoded.categorical as [(typeof encoded.categorical)[number]]
  const names = encoded.label.names
  const history = (row: number) => [...ids.subarray(offsets![row]!, offsets![row + 1]!)].map((id) => names[id])
  return { encoded, history, split: [[...encoded.trainRows], [...encoded.validationRows]] }
}

describe('encodeWatchLists', () => {
  it('gives each row what its viewer had watched before it, in the order of the column', () => {
    const { history } = encode({})
    expect([2, 8, 0, 4].map(history)).toEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']])
    expect([5, 1].map(history)).toEqual([[], ['c']])
  })

  it('reads only the last of a long list', () => {
    expect(encode({ length: 2 }).history(4)).toEqual(['b', 'c'])
  })

  it('takes an item once, and rows without an item not at all', () => {
    const { split } = encode({})
    expect(split.flat()).not.toContain(7)
    expect(split.flat()).not.toContain(6)
  })

  it('lists only what was liked', () => {
    const { history, split } = encode({ liked: { column: 'rating', atLeast: 5 } })
    expect(history(4)).toEqual(['c'])
    expect(split.flat()).not.toContain(2)
  })

  it('draws an order with the seed of the split where there is none', () => {
    const orders = [1, 2, 3, 4].map((seed) => encode({ order: null }, { seed }).history(4).length)
    expect(new Set(orders).size).toBeGreaterThan(1)
    expect(encode({ order: null }, { seed: 2 }).history(4)).toEqual(encode({ order: null }, { seed: 2 }).history(4))
  })

  it('holds whole viewers out: one of the two with something to predict', () => {
    const { split } = encode({})
    const viewersOf = (part: number[]) => new Set(part.map((row) => rows[row]![0]))
    const [train, validation] = split as [number[], number[]]
    expect(viewersOf(validation).size).toBe(1)
    for (const viewer of viewersOf(validation)) expect(viewersOf(train)).not.toContain(viewer)
    expect(viewersOf(train)).toContain('cid')
  })

  it('refuses data in which nobody has two items', () => {
    const liked = { column: 'rating', atLeast: 6 }
    const experiment = { ...base, model: { ...(base.model as WatchListSpec), order: 'time', liked } }
    expect(() => encodeData(tableOf(), experiment)).toThrow('Nobody has a list of two items')
  })
})

describe('the lists of Movies', () => {
  it('never hold what is to be predicted, nor anything of a viewer held out', async () => {
    const dataSet = await loadBuiltin('movies', readPublicFile)
    const { categorical, label, trainRows, validationRows, lists } = encodeData(dataSet, base)
    const viewers = dataSet.table.columns[0]!
    if (viewers.type === 'string') throw new Error('viewers have numbers')
    const heldOut = new Set([...validationRows].map((row) => viewers.values[row]!))
    expect(heldOut.size).toBe(120)
    expect([...trainRows].some((row) => heldOut.has(viewers.values[row]!))).toBe(false)
    const [{ ids, offsets }] = categorical as [(typeof categorical)[number]]
    for (const row of [...trainRows, ...validationRows]) {
      const bag = ids.subarray(offsets![row]!, offsets![row + 1]!)
      expect(bag.includes(lists!.ids[label.values[row]!]!)).toBe(false)
      expect(bag.length).toBe(Math.min(50, lists!.ends[row]! - lists!.starts[row]!))
    }
    expect(validationRows.length).toBeLessThanOrEqual(120 * HELD_OUT_ITEMS)
  })
})
