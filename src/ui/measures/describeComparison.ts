import { formatCount } from '../../lib/formatNumber'
import type { Comparison } from '../../protocol/trainer'
import { formatMetric } from './metricTitles'

/** What two points must have in common: the head of a comparison. */
export function likenessTitle({ truth }: Comparison): string {
  if (truth.kind === 'category') return `Same ${truth.title}`
  if (truth.kind === 'place') return `Within ${truth.km} km`
  return truth.week ? 'Next hour, or like day' : 'Next hour'
}

/** A share as `64 %`; a dash where there is none. */
export function formatShare(value: number): string {
  return Number.isFinite(value) ? `${formatMetric(100 * value, 0)} %` : '–'
}

/** What the three figures say, in sentences. */
export function explainComparison(comparison: Comparison): string {
  const { neighbors, overlap, rows, askedRows } = comparison
  const sentences = [
    `Nearest: how many of the ${neighbors} nearest ${relation(comparison)}.`,
    `Triples: of two points, the one truly nearer to a third (${unit(comparison)}) is nearer here; 50 % is chance.`,
    'Ranks: 1 when distances here have the true order, 0 when they have none.',
    'Shuffled: the same facts dealt to other points, which is chance.',
  ]
  if (overlap.reachable < 0.995)
    sentences.splice(1, 0, `No vectors could reach more than ${formatShare(overlap.reachable)}.`)
  if (askedRows < rows) sentences.push(`A sample of ${formatCount(askedRows)} of ${formatCount(rows)} points is asked.`)
  return sentences.join(' ')
}

function relation({ truth, neighbors }: Comparison): string {
  const one = neighbors === 1
  if (truth.kind === 'category') return `${one ? 'has' : 'have'} the same ${truth.title}`
  if (truth.kind === 'place') return `${one ? 'lies' : 'lie'} within ${truth.km} km`
  if (!truth.week) return `${one ? 'is' : 'are'} an hour earlier or later`
  return `${one ? 'is' : 'are'} an hour earlier or later, or the same hour on a like day (weekday or weekend)`
}

function unit({ truth }: Comparison): string {
  if (truth.kind === 'place') return 'in kilometres'
  if (truth.kind === 'hour') return 'in hours on the clock'
  return truth.ordered ? `in steps of ${truth.title}` : `by having the same ${truth.title}`
}
