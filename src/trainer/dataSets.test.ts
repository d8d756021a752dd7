import { expect, it } from 'vitest'
import type { DataSet } from '../data/table'
import { testSummary } from '../experiment/testSummary'
import { createDataSets } from './dataSets'

function brought(fingerprint: string): DataSet {
  const summary = { ...testSummary([], 0), name: `${fingerprint}.csv`, fingerprint }
  return { table: { name: summary.name, rowCount: 0, columns: [] }, summary, entities: [] }
}

function dataSets() {
  const sets = createDataSets(() => Promise.reject(new Error('nothing to read')))
  const use = async (fingerprint: string) =>
    (await sets.get({ source: 'file', name: `${fingerprint}.csv`, fingerprint }, {})).dataSet.summary.fingerprint
  return { add: (fingerprint: string) => sets.add(brought(fingerprint)), use }
}

it('keeps what the present run and the one before it read, however many files are opened and not used', async () => {
  const { add, use } = dataSets()
  for (const fingerprint of ['a', 'b']) {
    add(fingerprint)
    await use(fingerprint)
  }
  for (const fingerprint of ['c', 'd', 'e']) add(fingerprint)
  expect(await use('b')).toBe('b')
  expect(await use('a')).toBe('a')
  await expect(use('c')).rejects.toThrow('Open c.csv to go on')
  expect(await use('e')).toBe('e')
})

it('lets go of what no run has read for longest', async () => {
  const { add, use } = dataSets()
  for (const fingerprint of ['a', 'b']) {
    add(fingerprint)
    await use(fingerprint)
  }
  await use('a')
  add('c')
  await use('c')
  await expect(use('b')).rejects.toThrow('Open b.csv to go on')
  expect(await use('a')).toBe('a')
})

it('hands out a file that was opened again as it was opened last', async () => {
  const sets = createDataSets(() => Promise.reject(new Error('nothing to read')))
  const dataset = { source: 'file', name: 'a.csv', fingerprint: 'a' } as const
  const [first, again] = [brought('a'), brought('a')]
  for (const dataSet of [first, again]) {
    sets.add(dataSet)
    expect((await sets.get(dataset, {})).dataSet).toBe(dataSet)
  }
})
