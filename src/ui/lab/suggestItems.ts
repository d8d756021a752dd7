import type { Attribute, PointsInfo } from '../../protocol/trainer'

/**
 * Rows of well-known items to begin rating with: the most rated ones, taking turns between the categories of the colour attribute, so
 * that the first answers say something about taste.
 */
export function suggestItems(points: PointsInfo, count: number): number[] {
  const byFame = Array.from(points.keys.keys())
    .filter((row) => (points.counts[row] ?? 0) > 0)
    .sort((a, b) => (points.counts[b] ?? 0) - (points.counts[a] ?? 0) || a - b)
  const attribute = points.attributes.find(
    (candidate): candidate is Extract<Attribute, { kind: 'category' }> =>
      candidate.kind === 'category' && candidate.name === points.colorBy,
  )
  if (!attribute) return byFame.slice(0, count)
  const queues = new Map<number, number[]>()
  for (const row of byFame) {
    const code = attribute.codes[row] ?? -1
    const queue = queues.get(code)
    if (queue) queue.push(row)
    else queues.set(code, [row])
  }
  const turns = [...queues.entries()].filter(([code]) => code >= 0).sort(([a], [b]) => a - b)
  const chosen: number[] = []
  for (let round = 0; chosen.length < count && turns.some(([, queue]) => queue.length > round); round++) {
    for (const [, queue] of turns) {
      const row = queue[round]
      if (row !== undefined) chosen.push(row)
    }
  }
  return chosen.slice(0, count)
}
