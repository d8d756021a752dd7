import type { experimentSchema } from './experiment'

type Issue = NonNullable<ReturnType<typeof experimentSchema.safeParse>['error']>['issues'][number]

/** What the schema objects to, in words. */
export function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return amount(issue.origin, issue.inclusive === false ? 'more than' : 'at least', Number(issue.minimum))
    case 'too_big':
      return amount(issue.origin, issue.inclusive === false ? 'less than' : 'at most', Number(issue.maximum))
    case 'invalid_type':
      return issue.expected === 'int' ? 'This must be a whole number.' : `This must be a ${issue.expected}.`
    case 'invalid_value':
      return `This must be ${issue.values.map(String).join(' or ')}.`
    default:
      return 'This value does not fit.'
  }
}

function amount(origin: string, comparison: string, bound: number): string {
  const number = bound.toLocaleString('en')
  if (origin === 'array') return `This needs ${comparison} ${number} of them.`
  if (origin === 'string') return `This needs ${comparison} ${number} character${bound === 1 ? '' : 's'}.`
  return `This must be ${comparison} ${number}.`
}
