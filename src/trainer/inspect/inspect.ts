import { assertNever } from '../../lib/assertNever'
import type { InspectAnswer, InspectQuestion } from '../../protocol/inspect'
import type { Executions } from '../executions'
import type { Run } from '../run'
import type { Scheduler } from '../scheduler'
import { compareInputs } from './compareInputs'
import { inspectCollisions, searchCollisionFree } from './inspectCollisions'
import { inspectRow } from './inspectRow'
import { inspectSparse } from './inspectSparse'
import { timeLookup } from './timeLookup'

/** What measurements need beside the run. */
export interface Workplace {
  executions: Executions
  scheduler: Scheduler
  now(): number
}

/** Answers a question about the insides of the run's columns. Call under the run's lock. Throws a `Refusal` or what the data refuse, in words. */
export async function inspect(question: InspectQuestion, run: Run, workplace: Workplace): Promise<InspectAnswer> {
  const { dataSet } = run.prepared.open
  switch (question.about) {
    case 'collisions':
      return { about: 'collisions', ...inspectCollisions(question.column, question.buckets, dataSet) }
    case 'collisionFree':
      return { about: 'collisionFree', ...searchCollisionFree(question.column, dataSet) }
    case 'row':
      return { about: 'row', ...(await inspectRow(question, run)) }
    case 'sparse':
      return { about: 'sparse', ...inspectSparse(question.column, run) }
    case 'lookupTime':
      return { about: 'lookupTime', ...timeLookup(question.vocabulary, question.dimension, workplace.now) }
    case 'inputs':
      return { about: 'inputs', ...(await compareInputs(question.column, question.dimension, run.prepared, workplace)) }
    default:
      return assertNever(question)
  }
}
