import type { EncodedData } from './sparseBatch'

/** By class: training rows that it is the label of. Of watch lists: training lists that hold the item. */
export function popularityOf({ label, trainRows }: Pick<EncodedData, 'label' | 'trainRows'>): Uint32Array {
  const counts = new Uint32Array(label.outputs)
  for (const row of trainRows) counts[label.values[row]!]!++
  return counts
}
