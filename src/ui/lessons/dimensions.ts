import type { Experiment } from '../../experiment/experiment'
import { planSweep } from '../../sweep/planSweep'
import { sweepSettings } from '../../sweep/sweepSetting'
import { lab, startSweep } from '../sweep/lab'
import { cellId } from '../sweep/runChoices'
import { sameSteps, trainRowsStops } from '../sweep/trainRowsScale'
import type { AppHandles } from '../useApp'
import type { Lesson, LessonStep } from './lesson'

const VALUES = [1, 2, 3, 4, 8, 16]
const SEEDS = 3
const EPOCHS = 40
/** Of all rows: so few are learnt by heart. */
const FEW = 0.03

/** The dimension of the first column that has one, at all values of the lesson. */
function sweepDimensions(experiment: Experiment, app: AppHandles, few?: { trainRows: number; epochs: number }): void {
  const setting = sweepSettings(experiment).find(({ kind }) => kind === 'dimension')
  if (!setting) return
  const asked = { setting, values: VALUES, seedCount: SEEDS, epochs: EPOCHS, ...few }
  startSweep(planSweep({ ...experiment, split: withAllRows(experiment) }, asked), app)
}

function withAllRows({ split: { validationShare, seed } }: Experiment): Experiment['split'] {
  return { validationShare, seed }
}

function sweepFewRows(experiment: Experiment, app: AppHandles): void {
  const { summary } = app.store.getState()
  if (!summary) return
  const all = Math.round(summary.rowCount * (1 - experiment.split.validationShare))
  const trainRows = trainRowsStops(all).findLast((rows) => rows <= FEW * all) ?? all
  sweepDimensions(experiment, app, { trainRows, epochs: sameSteps(EPOCHS, all, trainRows, experiment.batchSize, 1000) })
}

interface Run {
  dimension: number
  /** Which of the seeds, from 0. */
  seed: number
}

/** Looks at a run of the sweep, and lays another over it; sweeps first where there is no such run. */
function look(
  experiment: Experiment,
  app: AppHandles,
  run: Run,
  over: Run | null,
  colorBy: string | null = null,
): void {
  const { sweep } = lab.getState()
  const idOf = (wanted: Run) => {
    const { sweep } = lab.getState()
    const cell = sweep?.plan.cells.findIndex(
      ({ value, seed }) => value === wanted.dimension && seed === sweep.plan.seeds[wanted.seed],
    )
    return cell === undefined || cell < 0 ? null : cellId('sweep', cell)
  }
  const isOfAllRows = sweep?.plan.setting.kind === 'dimension' && !sweep.plan.base.split.trainSample
  if (!isOfAllRows || idOf(run) === null) sweepDimensions(experiment, app)
  lab.setState({ shown: idOf(run), over: over && idOf(over), colorBy })
}

function step(title: string, body: string, label: string, apply: (e: Experiment, app: AppHandles) => void): LessonStep {
  return { title, body, action: { label, apply: ({ experiment }, app) => apply(experiment, app) } }
}

const seeds = step(
  'What is the same again?',
  'The same model from other random numbers. Moved, turned, mirrored and scaled (*Procrustes*), one run lies on the other: the *residual* says how much does not fit, beside that of shuffled names.',
  'Dimension 2, two seeds',
  (experiment, app) => look(experiment, app, { dimension: 2, seed: 0 }, { dimension: 2, seed: 1 }),
)
const spare = step(
  'Numbers that nothing needs.',
  'With sixteen dimensions there is room to spare. What no row asks for stays where chance put it, another way in every run: the residual of two seeds is many times larger.',
  'Dimension 16, two seeds',
  (experiment, app) => look(experiment, app, { dimension: 16, seed: 0 }, { dimension: 16, seed: 1 }),
)
const few = step(
  'Few rows are learnt by heart.',
  'The same with a few rows, as many steps. Training goes on getting better with the dimension; validation falls behind (*overfitting*). Dotted: validation with the rows before.',
  'Learn from few rows',
  sweepFewRows,
)

/** For any data. */
export const dimensions: Lesson = {
  title: 'How many dimensions?',
  steps: [
    step(
      'Ask the data.',
      'Each dot is a model trained from another seed. Up to the *elbow* more dimensions help; beyond it they only cost. Is the fourth root of the buckets, the rule of thumb, near it?',
      'Sweep 1 to 16',
      (experiment, app) => sweepDimensions(experiment, app),
    ),
    seeds,
    spare,
    few,
  ],
}

/** As the course tells it. */
export const filmDimensions: Lesson = {
  title: 'One, two or more dimensions for films',
  steps: [
    step(
      'Ask the data.',
      'Each dot is a model trained from another seed, measured by its error in stars (*RMSE*, less is better). Two tastes are planted in the simulated viewers: does the *elbow* find them?',
      'Sweep 1 to 16',
      (experiment, app) => sweepDimensions(experiment, app),
    ),
    step(
      'One number: a line.',
      'Each film has one number, and can only be more or less of one thing. The colour says how adult a film is: this is the taste that won the line. Read the error at dimension 1.',
      'Show the line',
      (experiment, app) => look(experiment, app, { dimension: 1, seed: 0 }, null, 'adult'),
    ),
    step(
      'Two numbers: a plane.',
      'Films alike in age part by another taste, from arthouse to blockbuster: follow the colour across the plane. Read the error at dimension 2.',
      'Show the plane',
      (experiment, app) => look(experiment, app, { dimension: 2, seed: 0 }, null, 'blockbuster'),
    ),
    step(
      'What the second number frees.',
      'The line laid into the plane: faint dots are the films as they were, the lines lead to where two numbers let them go. About half of the plane’s spread did not fit on the line (*residual*).',
      'Lay the line over it',
      (experiment, app) => look(experiment, app, { dimension: 2, seed: 0 }, { dimension: 1, seed: 0 }, 'blockbuster'),
    ),
    step(
      'More are learnt by heart.',
      'Sixteen numbers a film: the training curve keeps falling, the validation curve turns and climbs. The numbers fit the chance in the ratings (*overfitting*).',
      'Show dimension 16',
      (experiment, app) => look(experiment, app, { dimension: 16, seed: 0 }, null),
    ),
    seeds,
    spare,
  ],
}
