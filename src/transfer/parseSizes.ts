import { transferLimits } from '../experiment/transferSettings'

/** Numbers of labels between commas or spaces, ascending: a sentence where there is something else, too many, or one out of range. */
export function parseSizes(text: string): { values: number[] } | { fault: string } {
  const { fewestLabels, mostLabels, sizes: most } = transferLimits
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const sizes = [...new Set(words.map(Number))].sort((a, b) => a - b)
  const wrong = words.find((word) => !Number.isInteger(Number(word)))
  if (wrong !== undefined) return { fault: `“${wrong}” is not a whole number.` }
  if (sizes.length === 0) return { fault: 'How many labels? At least one number is needed.' }
  if (sizes.length > most) return { fault: `At most ${most} numbers: there are ${sizes.length}.` }
  const out = sizes.find((size) => size < fewestLabels || size > mostLabels)
  if (out === undefined) return { values: sizes }
  return { fault: `${out}: between ${fewestLabels} and ${mostLabels.toLocaleString('en-US')} labels.` }
}
