import { describe, expect, it } from 'vitest'
import type { DataSummary } from '../experiment/dataSummary'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import { testSummary } from '../experiment/testSummary'
import type { RunInfo, TrainerCommand } from '../protocol/trainer'
import { selectAwaitedFile } from './selectors'
import { createAppStore } from './store'

const mine: Experiment = {
  ...labDefaults.movies,
  dataset: { source: 'file', name: 'mine.csv', fingerprint: 'sha256-mine' },
  label: { task: 'regression', targets: [{ column: 'y', transform: 'none', standardize: false }] },
  columns: [{ type: 'numeric', key: 'x', normalizer: 'none' }],
  model: { type: 'tabular', hiddenUnits: [], activation: 'relu' },
}
const summaryOf = (fingerprint: string): DataSummary => ({
  ...testSummary([
    { name: 'x', type: 'number' },
    { name: 'y', type: 'number' },
  ]),
  fingerprint,
})
const weights = () => new Uint8Array([1, 2, 3]).buffer

/** A store whose worker empties what is transferred to it, as a real one does. */
function setup(experiment: Experiment = labDefaults.movies) {
  const sent: TrainerCommand[] = []
  const send = (command: TrainerCommand, transfer: Transferable[] = []) =>
    void sent.push(structuredClone(command, { transfer }))
  const { store, receive } = createAppStore(send, { experiment, play: true })
  const state = () => store.getState()
  state().restart()
  const started = (run: Experiment, fingerprint: string) =>
    receive({
      type: 'started',
      runId: state().runId,
      run: { experiment: run, summary: summaryOf(fingerprint), startStep: 0 } as RunInfo,
    })
  const fail = (field: string | null) =>
    receive({ type: 'failed', runId: state().runId, message: 'No.', field, stack: null })
  const drop = (fingerprint: string) => {
    state().openFiles([])
    const { opening } = state()
    if (opening?.state !== 'reading') throw new Error('It reads a file that was dropped.')
    receive({ type: 'dataLoaded', requestId: opening.requestId, summary: summaryOf(fingerprint) })
  }
  const lastStart = () => sent.findLast((command) => command.type === 'start')
  return { sent, state, receive, started, fail, drop, lastStart }
}

const bytesOf = (command: Extract<TrainerCommand, { type: 'start' }> | undefined) =>
  command?.weights ? [...new Uint8Array(command.weights)] : null

describe('weights of a file that is not open', () => {
  it('wait for that file and start with it', () => {
    const { state, started, fail, drop, lastStart } = setup()
    started(labDefaults.movies, 'builtin-movies-1')
    state().importWeights(weights(), mine)
    fail('dataset')
    expect(state().summary).toBe(null)
    expect(selectAwaitedFile(state())).toBe('mine.csv')
    drop('sha256-mine')
    expect(state().opening).toBe(null)
    expect(lastStart()).toMatchObject({ runId: state().runId, experiment: mine })
    expect(bytesOf(lastStart())).toEqual([1, 2, 3])
    started(mine, 'sha256-mine')
    state().restart()
    expect(bytesOf(lastStart())).toBe(null)
  })

  it('are let go when something else is trained instead', () => {
    const { state, fail, drop, lastStart } = setup()
    state().importWeights(weights(), mine)
    fail('dataset')
    drop('sha256-other')
    expect(state().opening?.state).toBe('confirming')
    state().confirmOpening()
    expect(state().pendingWeights).toBe(null)
    expect(bytesOf(lastStart())).toBe(null)
  })
})

it('weights for the data that are open leave the run before them to undo', () => {
  const { sent, state, started } = setup(mine)
  started(mine, 'sha256-mine')
  const { runId, position } = state()
  state().importWeights(weights(), mine)
  expect(state().summary?.fingerprint).toBe('sha256-mine')
  expect(state().position).toBe(position + 1)
  state().showExperiment(mine, runId, position)
  expect(sent.at(-1)).toMatchObject({ type: 'returnToRun', runId })
})

it('says how many values the weights know', () => {
  const { state, receive } = setup(mine)
  state().importWeights(weights(), mine)
  const imported = {
    matched: [
      { column: 'film', values: 400, found: 390 },
      { column: 'user', values: 5, found: 5 },
    ],
    changed: ['temp'],
  }
  const run = { experiment: mine, summary: summaryOf('sha256-mine'), startStep: 3, imported } as unknown as RunInfo
  receive({ type: 'started', runId: state().runId, run })
  expect(state().notice).toBe(
    'The weights know 390 of 400 values of film; 10 start anew. They were trained on other numbers or classes of temp: predictions differ.',
  )
})

describe('a file that is dropped', () => {
  it('starts at once where a link waits for it', () => {
    const { state, fail, drop, lastStart } = setup(mine)
    fail('dataset')
    const { runId } = state()
    drop('sha256-mine')
    expect(state().opening).toBe(null)
    expect(lastStart()?.runId).toBe(runId + 1)
  })

  it('is asked about again while it is trained on, and the run goes on', () => {
    const { state, started, drop } = setup(mine)
    started(mine, 'sha256-mine')
    const { runId } = state()
    drop('sha256-mine')
    expect(state().opening?.state).toBe('confirming')
    expect(state().runId).toBe(runId)
  })
})
