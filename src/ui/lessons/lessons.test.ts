import { afterEach, describe, expect, it, vi } from 'vitest'
import type { DataSummary } from '../../experiment/dataSummary'
import { type Experiment, experimentSchema } from '../../experiment/experiment'
import { embeddingColumn } from '../../experiment/featureColumn'
import { labDefaults } from '../../experiment/labs'
import { vocabularyOfWords } from '../../experiment/words'
import type { TrainerCommand } from '../../protocol/trainer'
import { type AppStore, createAppStore } from '../../store/store'
import type { SweepPlan } from '../../sweep/planSweep'
import { lab } from '../sweep/lab'
import type { AppHandles } from '../useApp'
import { airports } from './airports'
import { dayHour } from './dayHour'
import { dimensions, filmDimensions } from './dimensions'
import type { Lesson, LessonStep } from './lesson'
import { movies } from './movies'
import { similarity } from './similarity'
import { yourData } from './yourData'

const lessons = { movies, dayHour, airports }

/** Presses the step's button; the further trainers that it may start do nothing. */
function take(step: LessonStep | undefined, store: AppStore): void {
  const ask: AppHandles['ask'] = () => new Promise(() => undefined)
  const startTrainer = () => ({ send: () => undefined, destroy: () => undefined })
  step?.action?.apply(store.getState(), { store, ask, undo() {}, redo() {}, startTrainer })
}

describe.each(Object.entries(lessons))('the lesson of %s', (name, lesson) => {
  it('has three to seven steps, each with something to read', () => {
    expect(lesson.steps.length).toBeGreaterThanOrEqual(3)
    expect(lesson.steps.length).toBeLessThanOrEqual(7)
    for (const step of lesson.steps) expect(step.body.split('*').length % 2).toBe(1)
  })

  it('sets experiments that the worker accepts', () => {
    const sent: TrainerCommand[] = []
    const experiment = labDefaults[name as keyof typeof lessons]
    const { store } = createAppStore((command) => void sent.push(command), { experiment, play: true })
    for (const step of lesson.steps) take(step, store)
    const started = sent.flatMap((command) => (command.type === 'start' ? [command.experiment] : []))
    expect(started.length).toBeGreaterThan(0)
    for (const asked of started) expect(experimentSchema.safeParse(asked).success).toBe(true)
  })
})

it('takes the cross of the day × hour lesson through hour alone, two columns, exact and hashed', () => {
  const { store } = createAppStore(() => {}, { experiment: labDefaults.dayHour, play: true })
  const seen = dayHour.steps.map((step) => {
    take(step, store)
    return store
      .getState()
      .experiment.columns.map((column) => {
        if (column.type === 'numeric') return column.key
        const { categorical } = column
        if (categorical.type !== 'crossed') return categorical.key
        return categorical.exact ? 'exact' : categorical.hashBucketSize
      })
      .join('+')
  })
  expect(seen).toEqual(['exact', 'hour', 'day+hour', 'exact', '168', '168', '168'])
  expect(store.getState().inspecting).toEqual({ column: 'day_X_hour_embedding', tab: 'collisions' })
})

it('opens every inside of a column from some step: collisions, flow, sparse or dense, d inputs or N', () => {
  const opened = Object.entries(lessons).flatMap(([name, lesson]) => {
    const experiment = labDefaults[name as keyof typeof lessons]
    const { store } = createAppStore(() => {}, { experiment, play: true })
    return lesson.steps.flatMap((step) => {
      store.getState().setView({ inspecting: null })
      take(step, store)
      const { inspecting } = store.getState()
      return inspecting ? [`${name}: ${inspecting.tab} of ${inspecting.column}`] : []
    })
  })
  expect(opened).toEqual(
    expect.arrayContaining([
      'dayHour: collisions of day_X_hour_embedding',
      'movies: flow of film_embedding',
      'airports: sparse of origin_embedding',
      'airports: inputs of origin_embedding',
    ]),
  )
})

it('follows a row of words in the lesson of one’s own data', () => {
  const experiment = { ...labDefaults.dayHour, columns: [embeddingColumn(vocabularyOfWords('title'), 3)] }
  const { store } = createAppStore(() => {}, { experiment, play: true })
  take(
    yourData.steps.find(({ title }) => title.startsWith('Texts')),
    store,
  )
  expect(store.getState().inspecting).toEqual({ column: 'title_words_embedding', tab: 'flow' })
})

it('keeps the dimensions of a dot product equal', () => {
  const { store } = createAppStore(() => {}, { experiment: labDefaults.movies, play: true })
  take(movies.steps[1], store)
  const dimensions = store
    .getState()
    .experiment.columns.map((column) => (column.type === 'embedding' ? column.dimension : 0))
  expect(dimensions).toEqual([1, 1])
})

it('offers a lesson for a file of one’s own', () => {
  expect(yourData.steps.length).toBeGreaterThanOrEqual(3)
})

it('shows what the lesson on similarity speaks of, and trains where nothing is learnt yet', () => {
  const sent: TrainerCommand[] = []
  const { store } = createAppStore((command) => void sent.push(command), {
    experiment: labDefaults.movies,
    play: false,
  })
  const shown = similarity.steps.map((step) => {
    take(step, store)
    const { selectedKey, neighborCount, exploring } = store.getState()
    return [selectedKey, neighborCount, exploring]
  })
  expect(shown).toEqual([
    ['Toy Story 2', 8, null],
    ['Toy Story 2', 20, null],
    ['Toy Story 2', 20, 'direction'],
    ['Toy Story 2', 20, 'analogy'],
  ])
  expect(sent.some(({ type }) => type === 'play')).toBe(true)
})

describe('the lessons on dimensions', () => {
  afterEach(() => vi.unstubAllGlobals())

  /** The runs that a step starts, and what it looks at. */
  function walk(lesson: Lesson, experiment: Experiment) {
    const { store } = createAppStore(() => undefined, { experiment, play: false })
    vi.stubGlobal('navigator', { hardwareConcurrency: 2 })
    store.setState({ summary: { rowCount: 38_000 } as DataSummary })
    return lesson.steps.map((step) => {
      take(step, store)
      const { sweep, shown, over, colorBy } = lab.getState()
      return { plan: sweep!.plan, shown, over, colorBy }
    })
  }

  it('sweep once, then look at the line, the plane, one over the other, and what was learnt by heart', () => {
    const seen = walk(filmDimensions, labDefaults.movies)
    expect(new Set(seen.map(({ plan }) => plan)).size).toBe(1)
    const { plan } = seen[0]!
    expect([plan.values, plan.seeds.length]).toEqual([[1, 2, 3, 4, 8, 16], 3])
    const run = (id: string | null) => {
      const cell = id === null ? undefined : plan.cells[Number(id.split(' ')[1])]
      return cell && [cell.value, cell.seed]
    }
    expect(seen.map(({ shown, over, colorBy }) => [run(shown), run(over), colorBy])).toEqual([
      [undefined, undefined, null],
      [[1, 42], undefined, 'adult'],
      [[2, 42], undefined, 'blockbuster'],
      [[2, 42], [1, 42], 'blockbuster'],
      [[16, 42], undefined, null],
      [[2, 42], [2, 43], null],
      [[16, 42], [16, 43], null],
    ])
  })

  it('end with a few rows, gone through in as many steps', () => {
    const [all, seeds, , few] = walk(dimensions, labDefaults.dayHour)
    const sampleOf = ({ plan }: { plan: SweepPlan }) => plan.base.split.trainSample?.rows
    expect([seeds!.shown, seeds!.over]).toEqual(['sweep 1', 'sweep 7'])
    expect([sampleOf(all!), sampleOf(few!)]).toEqual([undefined, 1000])
    expect(few!.plan.epochs).toBeGreaterThan(10 * all!.plan.epochs)
    const [again] = walk({ ...dimensions, steps: [dimensions.steps[1]!] }, labDefaults.dayHour)
    expect(sampleOf(again!), 'sweeps all rows again').toBeUndefined()
  })
})
