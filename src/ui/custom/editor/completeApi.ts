import { type CompletionContext, type CompletionResult, completeAnyWord } from '@codemirror/autocomplete'
import { apiMembers, apiNames } from './apiNames'

/** Names of the API; after `tf.`, `train.`, `metrics.` and their like the members; else words of the code. */
export function completeApi(context: CompletionContext): CompletionResult | null | Promise<CompletionResult | null> {
  const path = context.matchBefore(/\b[A-Za-z.]+\.\w*/)
  if (path) {
    const at = path.text.lastIndexOf('.')
    const members = apiMembers[path.text.slice(0, at)]
    if (!members) return null
    return { from: path.from + at + 1, options: [...members], validFor: /^\w*$/ }
  }
  const word = context.matchBefore(/\w+/)
  if (!word && !context.explicit) return null
  const words = completeAnyWord(context)
  if (words instanceof Promise || words === null) return { from: word?.from ?? context.pos, options: [...apiNames] }
  const known = new Set(apiNames.map(({ label }) => label))
  return { ...words, options: [...apiNames, ...words.options.filter(({ label }) => !known.has(label))] }
}
