import type { EncodedData } from '../columns/sparseBatch'
import type { Metrics } from '../protocol/trainer'

/** Items that are shown. */
export const SHOWN = 10

/** Recall@10 of a model over the rows so far, beside that of the most popular items on the same rows. */
export interface RecallMeter {
  /** `logits` [rows × classes] of rows of the encoded data. */
  add(logits: Float32Array, rows: Uint32Array): void
  result(): Pick<Metrics, 'recall10' | 'popularity10'>
}

/**
 * The share of rows whose item is among the ten with the highest score, of those that are not on the list already. Of equal scores each may be the one
 * that is shown: an item that ties counts with its chance. null for data that are no watch lists.
 */
export function createRecallMeter({ lists, label }: EncodedData, popularity: Uint32Array): RecallMeter | null {
  if (!lists) return null
  const classes = label.outputs
  const listed = new Int32Array(classes).fill(-1)
  let stamp = 0
  let rows = 0
  let found = 0
  let popular = 0
  return {
    add(logits, given) {
      given.forEach((row, i) => {
        stamp++
        for (let at = lists.starts[row]!; at < lists.ends[row]!; at++) listed[lists.items[at]!] = stamp
        const target = label.values[row]!
        const isListed = (item: number) => listed[item] === stamp
        found += chanceToBeShown(logits.subarray(i * classes, (i + 1) * classes), target, isListed)
        popular += chanceToBeShown(popularity, target, isListed)
      })
      rows += given.length
    },
    result: () => ({ recall10: found / rows, popularity10: popular / rows }),
  }
}

function chanceToBeShown(scores: ArrayLike<number>, target: number, isListed: (item: number) => boolean): number {
  const score = scores[target]!
  if (Number.isNaN(score)) return Number.NaN
  let above = 0
  let equal = 0
  for (let item = 0; item < scores.length; item++) {
    const other = scores[item]!
    if (other < score || isListed(item)) continue
    if (other > score) {
      if (++above >= SHOWN) return 0
    } else equal++
  }
  return Math.min(1, (SHOWN - above) / equal)
}

/** The `count` classes with the highest score of those that are not left out, highest first. */
export function highest(scores: ArrayLike<number>, count: number, isLeftOut: (item: number) => boolean): number[] {
  const items: number[] = []
  for (let item = 0; item < scores.length; item++) if (!isLeftOut(item)) items.push(item)
  return items.sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, count)
}
