import type { experimentSchema } from './experiment'

type Issue = NonNullable<ReturnType<typeof experimentSchema.safeParse>['error']>['issues'][number]

/** What the schema objects to, in words. */
export function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return amount(issue, issue.inclusive === false ? 'more than' : 'at least', Number(issue.minimum))
    case 'too_big':
      return amount(issue, issue.inclusive === false ? 'less than' : 'at most', Number(issue.maximum))
    case 'invalid_type':
      return issue.expected === 'int' ? 'This must be a whole number.' : `This must be a ${issue.expected}.`
    case 'invalid_value':
      return `This must be ${issue.values.map(String).join(' or ')}.`
    default:
      return 'This value does not fit.'
  }
}

/** What lists are of, by their name in the experiment. */
const MEMBERS: Record<string, [one: string, more: string]> = {
  keys: ['column to cross', 'columns to cross'],
  vocabulary: ['word', 'words'],
  boundaries: ['boundary', 'boundaries'],
  columns: ['feature column', 'feature columns'],
  targets: ['column to predict', 'columns to predict'],
  hiddenUnits: ['hidden layer', 'hidden layers'],
  sizes: ['number of labels', 'numbers of labels'],
  values: ['value to try', 'values to try'],
}

function amount({ origin, path }: Issue & { origin: string }, comparison: string, bound: number): string {
  const number = bound.toLocaleString('en')
  if (origin === 'array') {
    const members = MEMBERS[String(path.at(-1))]
    return `This needs ${comparison} ${number} ${members ? members[bound === 1 ? 0 : 1] : 'of them'}.`
  }
  if (origin === 'string') return `This needs ${comparison} ${number} character${bound === 1 ? '' : 's'}.`
  return `${BUCKETS.has(String(path.at(-1))) ? 'The number of buckets' : 'This'} must be ${comparison} ${number}.`
}

const BUCKETS = new Set(['hashBucketSize', 'numBuckets'])
