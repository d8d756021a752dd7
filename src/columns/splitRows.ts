import type { Experiment } from '../experiment/experiment'
import { createRandom, shuffle } from '../lib/random'

type TrainSample = NonNullable<Experiment['split']['trainSample']>

/**
 * Train and validation rows, each ascending, drawn by row from the seed. `rows`: how many there are, or which ones take part, ascending.
 * With two rows or more neither part is empty.
 */
export function splitRows(
  rows: number | Uint32Array,
  split: Experiment['split'],
): { trainRows: Uint32Array; validationRows: Uint32Array } {
  const count = typeof rows === 'number' ? rows : rows.length
  const wanted = Math.round(count * split.validationShare)
  const held = count < 2 ? 0 : Math.min(count - 1, Math.max(1, wanted))
  const order = shuffle(numbersUpTo(count), createRandom(split.seed, 'split'))
  const isHeld = new Uint8Array(count)
  for (let i = 0; i < held; i++) isHeld[order[i]!] = 1
  const trainRows = new Uint32Array(count - held)
  const validationRows = new Uint32Array(held)
  let train = 0
  let validation = 0
  for (let i = 0; i < count; i++) {
    const row = typeof rows === 'number' ? i : rows[i]!
    if (isHeld[i] === 1) validationRows[validation++] = row
    else trainRows[train++] = row
  }
  return { trainRows: split.trainSample ? sampleOf(trainRows, split.trainSample) : trainRows, validationRows }
}

/** A larger sample of the same seed holds the smaller one. */
export function sampleOf(rows: Uint32Array, { rows: wanted, seed }: TrainSample): Uint32Array {
  if (wanted >= rows.length) return rows
  return shuffle(rows.slice(), createRandom(seed, 'train sample')).slice(0, wanted).sort()
}

function numbersUpTo(count: number): Uint32Array {
  const numbers = new Uint32Array(count)
  for (let i = 0; i < count; i++) numbers[i] = i
  return numbers
}
