import { describe, expect, it } from 'vitest'
import type { CategoricalColumn } from '../experiment/experiment'
import { embeddingColumn } from '../experiment/featureColumn'
import { labDefaults } from '../experiment/labs'
import { testSummary } from '../experiment/testSummary'
import type { Evaluation, RunInfo, TrainerCommand } from '../protocol/trainer'
import { createAppStore } from './store'

function setup() {
  const sent: TrainerCommand[] = []
  const app = createAppStore((command) => sent.push(command), { experiment: labDefaults.movies, play: true })
  app.store.getState().restart()
  const state = () => app.store.getState()
  return { ...app, sent, state }
}

const run = { experiment: labDefaults.movies, summary: null, startStep: 0 } as unknown as RunInfo
const summaryOf = (name: string) =>
  ({ name, columns: [], sampleRows: [], warnings: [] }) as unknown as RunInfo['summary']
const evaluation = (epoch: number, loss: number, isBest: boolean): Evaluation => ({
  step: epoch * 10,
  epoch,
  train: { loss },
  validation: { loss },
  perTarget: [],
  isBest,
})

describe('the run slice', () => {
  it('drops events of an earlier run', () => {
    const { receive, state } = setup()
    const old = state().runId
    state().restart()
    receive({ type: 'played', runId: old })
    expect(state().status).toBe('starting')
    receive({ type: 'played', runId: state().runId })
    expect(state().status).toBe('playing')
  })

  it('takes the play button back while a run that is to play starts', () => {
    const { sent, state } = setup()
    expect(state().status).toBe('starting')
    state().togglePlay()
    expect(sent.at(-1)).toEqual({ type: 'pause' })
    state().togglePlay()
    expect(sent.at(-1)).toEqual({ type: 'play' })
  })

  it('starts the next run playing when play was pressed before a pause was heard of', () => {
    const { receive, sent, state } = setup()
    const { runId } = state()
    receive({ type: 'played', runId })
    state().pause()
    state().play()
    receive({ type: 'paused', runId, step: 20, reason: { why: 'asked' } })
    receive({ type: 'played', runId })
    state().setDimension(0, 3)
    expect(sent.at(-1)).toMatchObject({ type: 'start', play: true })
    state().returnToCheckpoint('best')
    state().setDimension(0, 4)
    expect(sent.at(-1)).toMatchObject({ type: 'start', play: false })
  })

  it('forgets what was measured beyond the checkpoint that it was set back to', () => {
    const { receive, state } = setup()
    const { runId } = state()
    for (const epoch of [1, 2, 3])
      receive({ type: 'evaluated', runId, evaluations: [evaluation(epoch, epoch === 2 ? 0.5 : 1, epoch === 2)] })
    receive({ type: 'paused', runId, step: 20, reason: { why: 'asked' } })
    expect(state().evaluations.map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(state().history.at(-1)?.last?.epoch).toBe(2)
  })

  it('lists runs that took a step, and the one that is there', () => {
    const { receive, state } = setup()
    const first = state().runId
    receive({ type: 'evaluated', runId: first, evaluations: [evaluation(1, 0.5, true)] })
    for (const dimension of [3, 4, 5]) {
      state().setDimension(0, dimension)
      receive({ type: 'evaluated', runId: state().runId, evaluations: [evaluation(0, 1, true)] })
    }
    expect(state().history.map(({ runId }) => runId)).toEqual([first, state().runId])
    expect(state().history.at(-1)?.best).toBeNull()
  })

  it('remembers which run went on from the vectors of another', () => {
    const { state, store } = setup()
    store.setState({ run })
    const change = (seed: number, keepVectors: boolean) =>
      state().edit((experiment) => ({ ...experiment, seed }), { keepVectors })
    change(8, true)
    expect(state().history.at(-1)?.keptVectors).toBe(true)
    change(9, false)
    expect(state().history.at(-1)?.keptVectors).toBe(false)
  })

  it('shows nothing of the data before when a run on other data cannot start', () => {
    const { receive, state } = setup()
    const snapshot = { type: 'snapshot', runId: state().runId, step: 1, table: 't', rows: 1, dimension: 2 } as const
    const failed = { type: 'failed', message: 'One row is not enough.', field: null, stack: null } as const
    receive({ type: 'started', runId: state().runId, run: { ...run, summary: summaryOf('movies') } })
    receive({ ...snapshot, vectors: new Float32Array(2) })
    state().restart()
    receive({ ...failed, runId: state().runId })
    expect([state().run === null, state().snapshot === null]).toEqual([false, false])
    state().openLab('dayHour')
    receive({ ...failed, runId: state().runId })
    expect([state().run, state().snapshot]).toEqual([null, null])
    expect(state().position).toBe(1)
  })

  it('shows a new snapshot before it returns the old one', () => {
    const { receive, sent, state, store } = setup()
    const { runId } = state()
    const snapshot = (step: number) => ({ type: 'snapshot', runId, step, table: 't', rows: 1, dimension: 2 }) as const
    const first = new Float32Array([1, 2])
    const second = new Float32Array([3, 4])
    receive({ ...snapshot(0), vectors: first })
    const order: string[] = []
    store.subscribe(
      (s) => s.snapshot?.step,
      () => order.push('set'),
    )
    const before = sent.length
    receive({ ...snapshot(1), vectors: second })
    expect(order).toEqual(['set'])
    expect(sent.slice(before)).toEqual([{ type: 'returnSnapshot', vectors: first }])
    expect(state().snapshot?.vectors).toBe(second)
  })

  it('remembers the best evaluation of each run of the visit', () => {
    const { receive, state } = setup()
    const { runId } = state()
    receive({ type: 'evaluated', runId, evaluations: [evaluation(1, 0.5, true)] })
    receive({ type: 'evaluated', runId, evaluations: [evaluation(2, 0.7, false)] })
    const record = state().history.at(-1)
    expect([record?.best?.epoch, record?.last?.epoch]).toEqual([1, 2])
  })
})

describe('editing the experiment', () => {
  it('keeps both sides of a dot product at one dimension and restarts playing', () => {
    const { sent, state } = setup()
    state().setDimension(0, 5)
    const start = sent.at(-1)
    expect(start).toMatchObject({ type: 'start', play: true })
    expect(
      start?.type === 'start' && start.experiment.columns.map((c) => c.type === 'embedding' && c.dimension),
    ).toEqual([5, 5])
  })

  it('leaves the run alone while the experiment has a problem', () => {
    const { receive, sent, state } = setup()
    const { runId } = state()
    receive({ type: 'started', runId, run: { ...run, summary: summaryOf('movies') } })
    const before = sent.length
    state().removeColumn(0)
    expect(state().problems.length).toBeGreaterThan(0)
    expect(sent.length).toBe(before)
    expect(state().runId).toBe(runId)
  })

  it.each<[string, CategoricalColumn, string]>([
    ['a cross of one column', { type: 'crossed', keys: ['film'], hashBucketSize: 9, exact: false }, 'keys'],
    ['no buckets', { type: 'hashBucket', key: 'film', hashBucketSize: 0 }, 'hashBucketSize'],
    ['2^53 buckets', { type: 'hashBucket', key: 'film', hashBucketSize: 2 ** 53 }, 'hashBucketSize'],
    [
      'a vocabulary with a word twice',
      { type: 'vocabularyList', key: 'film', vocabulary: ['a', 'a'], numOovBuckets: 0, defaultValue: -1 },
      'vocabulary',
    ],
    ['boundaries that do not ascend', { type: 'bucketized', key: 'year', boundaries: [2, 1] }, 'boundaries'],
    ['a key that the data lacks', { type: 'hashBucket', key: 'director', hashBucketSize: 9 }, 'key'],
  ])('keeps the run and tells the card of %s', (_, categorical, setting) => {
    const { receive, sent, state } = setup()
    const { runId } = state()
    const films = summaryOf('movies')
    const columns = [
      ...films.columns,
      ...testSummary([
        { name: 'film', type: 'string' },
        { name: 'year', type: 'integer' },
      ]).columns,
    ]
    receive({ type: 'started', runId, run: { ...run, summary: { ...films, columns } } })
    const before = sent.length
    state().setColumn(0, embeddingColumn(categorical, 2))
    expect(state().problems.filter(({ field }) => field === `columns.0.categorical.${setting}`)).toHaveLength(1)
    expect(sent.length).toBe(before)
    expect(state().runId).toBe(runId)
  })

  it('keeps the run when the address is changed into an experiment that cannot run', () => {
    const { receive, sent, state } = setup()
    const { runId, experiment } = state()
    receive({ type: 'started', runId, run: { ...run, summary: summaryOf('movies') } })
    const before = sent.length
    const columns = [embeddingColumn({ type: 'hashBucket', key: 'director', hashBucketSize: 9 }, 2)]
    state().showExperiment({ ...experiment, columns }, null, 1)
    expect(state().problems.map(({ message }) => message)).toContain("The data has no column 'director'.")
    expect([sent.length, state().runId]).toEqual([before, runId])
    state().discardEdit()
    expect(state()).toMatchObject({ problems: [], experiment: { columns: experiment.columns } })
  })

  it('changes the learning rate without a restart', () => {
    const { sent, state } = setup()
    const { runId } = state()
    state().tuneLearningRate(0.3)
    expect(sent.at(-1)).toEqual({ type: 'tune', learningRate: 0.3 })
    expect(state().runId).toBe(runId)
  })

  it('returns to a replaced run under its own number', () => {
    const { sent, state } = setup()
    const { runId, experiment } = state()
    state().setDimension(0, 5)
    state().showExperiment(experiment, runId, 0)
    expect(sent.at(-1)).toMatchObject({ type: 'returnToRun', runId })
    expect(state().runId).toBe(runId)
  })
})

describe('the pace', () => {
  it('lets built-in labs be watched and brought files go flat out, unless the person chose', () => {
    const { state } = setup()
    const file = { ...labDefaults.movies, dataset: { source: 'file', name: 'a.csv', fingerprint: 'sha256-1' } } as const
    expect(state().pace).toBe(120)
    state().showExperiment(file, null, 1)
    expect(state().pace).toBe(null)
    state().openLab('dayHour')
    expect(state().pace).toBe(120)
    state().setPace(5)
    state().showExperiment(file, null, 3)
    expect(state().pace).toBe(5)
  })

  it('is full where a step is a single row: in a link, in an edit, and when one is taken back', () => {
    const oneByOne = { ...labDefaults.movies, batchSize: 1 }
    const sent: TrainerCommand[] = []
    const { store } = createAppStore((command) => sent.push(command), { experiment: oneByOne, play: true })
    const state = store.getState
    state().restart()
    expect(state().pace).toBe(null)
    expect(sent.some(({ type }) => type === 'pace')).toBe(false)
    state().edit((experiment) => ({ ...experiment, batchSize: 64 }))
    expect(sent.slice(-2)).toMatchObject([{ type: 'pace', stepsPerSecond: 120 }, { type: 'start' }])
    state().showExperiment(oneByOne, 1, 0)
    expect(sent.slice(-2)).toMatchObject([{ type: 'pace', stepsPerSecond: null }, { type: 'returnToRun' }])
    state().setPace(60)
    state().edit((experiment) => ({ ...experiment, seed: 7 }))
    expect(state().pace).toBe(60)
  })
})

describe('questions to the worker', () => {
  it('answers the one who asked, and passes a refusal on in words', async () => {
    const { ask, receive } = setup()
    const first = ask({ type: 'predict', values: { day: '1' } })
    const second = ask({ type: 'predict', values: { day: '9' } })
    receive({ type: 'refused', requestId: 2, message: 'There is no day 9.' })
    receive({ type: 'predicted', requestId: 1, outputs: [{ name: 'cars', value: 5, unit: null }] })
    await expect(second).rejects.toThrow('There is no day 9.')
    expect((await first).outputs[0]?.value).toBe(5)
  })
})
