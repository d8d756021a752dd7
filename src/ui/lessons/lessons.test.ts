import { describe, expect, it } from 'vitest'
import { experimentSchema } from '../../experiment/experiment'
import { embeddingColumn } from '../../experiment/featureColumn'
import { labDefaults } from '../../experiment/labs'
import { vocabularyOfWords } from '../../experiment/words'
import type { TrainerCommand } from '../../protocol/trainer'
import { type AppStore, createAppStore } from '../../store/store'
import type { AppHandles } from '../useApp'
import { airports } from './airports'
import { dayHour } from './dayHour'
import type { LessonStep } from './lesson'
import { movies } from './movies'
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
