import { describe, expect, it } from 'vitest'
import { labDefaults } from '../experiment/labs'
import type { Evaluation, PointsInfo, RunInfo, TrainerCommand, TrainerEvent } from '../protocol/trainer'
import { planSweep } from './planSweep'
import { runSweep } from './runSweep'

const base = labDefaults.dayHour
const asked = { setting: { kind: 'dimension', column: 0 }, values: [1, 2, 4], seedCount: 2, epochs: 5 } as const
const plan = planSweep(base, asked)

type Start = Extract<TrainerCommand, { type: 'start' }>

/** Trainers that do nothing by themselves: a test plays their part. */
function fakes(workers: number, files: File[] | null = null, checkpoints: ArrayBuffer[] = []) {
  const all: { sent: TrainerCommand[]; destroyed: boolean; say(event: TrainerEvent): void }[] = []
  const sweep = runSweep(plan, {
    workers,
    files,
    checkpoints,
    startTrainer(onEvent) {
      const fake = { sent: [] as TrainerCommand[], destroyed: false, say: onEvent }
      all.push(fake)
      return {
        send: (command) => fake.sent.push(command),
        destroy() {
          fake.destroyed = true
        },
      }
    },
  })
  const starts = (at: number) => all[at]!.sent.filter((command): command is Start => command.type === 'start')
  const running = (at: number) => starts(at).at(-1)!
  function finish(at: number, loss = 0.5): void {
    const { runId, experiment } = running(at)
    const run = { experiment, parameters: 10, bytes: 120, trainRows: 1000 } as RunInfo
    const evaluation: Evaluation = {
      step: 50,
      epoch: 5,
      train: { loss },
      validation: { loss },
      perTarget: [],
      isBest: true,
    }
    const progress = { step: 50, epoch: 5, examplesPerSecond: 10_000, trainLoss: loss, memoryBytes: 0 }
    all[at]!.say({ runId, type: 'started', run })
    all[at]!.say({ runId, type: 'progress', ...progress })
    all[at]!.say({ runId, type: 'evaluated', evaluations: [evaluation] })
    all[at]!.say({ runId, type: 'paused', step: 50, reason: { why: 'epochs' } })
  }
  const alive = () => all.filter(({ destroyed }) => !destroyed).length
  const states = () => sweep.state.cells.map(({ state }) => state)
  return { sweep, all, starts, running, finish, alive, states }
}

describe('runSweep', () => {
  it('keeps as many trainers busy as it may, gives each the next run, and ends them when none is left', () => {
    const { sweep, finish, running, alive, states } = fakes(2)
    expect(states()).toEqual(['running', 'running', 'waiting', 'waiting', 'waiting', 'waiting'])
    finish(1)
    expect(running(1).experiment).toEqual(plan.cells[2]!.experiment)
    for (const at of [0, 1, 0, 1]) finish(at)
    expect([alive(), sweep.state.status]).toEqual([1, 'running'])
    finish(0)
    expect([alive(), sweep.state.status, sweep.state.workers]).toEqual([0, 'done', 0])
    expect(sweep.state.cells[0]).toMatchObject({ state: 'done', msPerEpoch: 100, parameters: 10, bytes: 120 })
  })

  it('does not take a pause of the person for the end of a run, and starts nothing while it is paused', () => {
    const { sweep, all, finish, running, starts, alive, states } = fakes(1)
    sweep.pause()
    expect(all[0]!.sent.at(-1)).toEqual({ type: 'pause' })
    all[0]!.say({ runId: running(0).runId, type: 'paused', step: 3, reason: { why: 'asked' } })
    expect(states()[0]).toBe('running')
    finish(0) // it was at its last step when the pause came
    expect([starts(0).length, alive(), states()[0]]).toEqual([1, 0, 'done'])
    sweep.resume()
    expect([alive(), states()[1]]).toEqual([1, 'running'])
    expect(running(1).experiment).toEqual(plan.cells[1]!.experiment)
  })

  it('plays the runs on that a pause stopped', () => {
    const { sweep, all } = fakes(2)
    sweep.pause()
    sweep.resume()
    expect(all.map(({ sent }) => sent.at(-1))).toEqual([{ type: 'play' }, { type: 'play' }])
  })

  it('ends every trainer when it is cancelled, keeps what is done, and hears no late word', () => {
    const { sweep, all, finish, alive, states } = fakes(2)
    finish(0)
    sweep.cancel()
    expect([alive(), sweep.state.workers, sweep.state.status]).toEqual([0, 0, 'cancelled'])
    expect(states()).toEqual(['done', ...Array(5).fill('waiting')])
    all[1]!.say({ runId: 2, type: 'failed', message: 'late', field: null, stack: null })
    expect(states()[1]).toBe('waiting')
  })

  it('goes on in a fresh trainer after a run that broke, and says why it did', () => {
    const { sweep, all, running, alive } = fakes(1)
    all[0]!.say({ runId: 1, type: 'failed', message: 'no memory', field: null, stack: null })
    expect([alive(), all[0]!.destroyed]).toEqual([1, true])
    expect(sweep.state.cells[0]).toEqual({ state: 'failed', message: 'no memory' })
    expect(running(1).runId).toBe(2)
  })

  it('counts numbers that overflowed as a run that failed', () => {
    const { sweep, all } = fakes(1)
    const reason = { why: 'notFinite', cause: '', field: '', lastFiniteStep: 0 } as const
    all[0]!.say({ runId: 1, type: 'paused', step: 2, reason })
    expect(sweep.state.cells[0]).toMatchObject({ state: 'failed' })
  })

  it('has every trainer open brought files before its first run, and fails with the reader’s words', () => {
    const files = [new File(['a,b\n1,2\n'], 'a.csv')]
    const { sweep, all, starts, alive, states } = fakes(2, files)
    expect([starts(0).length, all[0]!.sent.at(-1)]).toEqual([0, expect.objectContaining({ type: 'openFiles', files })])
    all[0]!.say({ type: 'dataLoaded', requestId: 1, summary: {} as never })
    expect([starts(0).length, states()[0]]).toEqual([1, 'running'])
    const problem = { message: 'The file has gone.', file: null, row: null, column: null }
    all[1]!.say({ type: 'dataFailed', requestId: 1, problem })
    expect([alive(), sweep.state.status]).toEqual([0, 'done'])
    expect(sweep.state.cells[5]).toEqual({ state: 'failed', message: 'The file has gone.' })
  })

  it('keeps the table that a run ended with, and gives the buffers before it back', () => {
    const { sweep, all, finish, running } = fakes(1)
    const { runId } = running(0)
    const points = { table: 't', keys: ['a', 'b'] } as PointsInfo
    const snapshot = { runId, type: 'snapshot', table: 't', rows: 2, dimension: 1 } as const
    all[0]!.say({ runId, type: 'points', points })
    all[0]!.say({ ...snapshot, step: 0, vectors: Float32Array.of(1, 2) })
    all[0]!.say({ ...snapshot, step: 9, vectors: Float32Array.of(3, 4) })
    expect(all[0]!.sent.at(-1)).toEqual({ type: 'returnSnapshot', vectors: Float32Array.of(1, 2) })
    finish(0)
    const table = { points, dimension: 1, vectors: Float32Array.of(3, 4) }
    expect(sweep.state.cells[0]).toMatchObject({ state: 'done', table })
  })

  it('gives every trainer the weights to start from before its first run, and fails with its words', () => {
    const bytes = new ArrayBuffer(8)
    const { sweep, all, alive } = fakes(2, null, [bytes])
    for (const { sent } of all) expect(sent.map(({ type }) => type).slice(-2)).toEqual(['addCheckpoint', 'start'])
    all[0]!.say({ type: 'refused', requestId: 2, message: 'This file is not JSON.' })
    expect([alive(), sweep.state.status]).toEqual([0, 'done'])
    expect(sweep.state.cells[0]).toEqual({ state: 'failed', message: 'This file is not JSON.' })
  })

  it('lets every trainer rest for the page, those that come later, too', () => {
    const { sweep, all, running } = fakes(2)
    sweep.rest(8)
    expect(all.map(({ sent }) => sent.at(-1))).toEqual(Array(2).fill({ type: 'rest', ms: 8 }))
    all[0]!.say({ runId: running(0).runId, type: 'failed', message: 'no memory', field: null, stack: null })
    expect(all[2]!.sent).toContainEqual({ type: 'rest', ms: 8 })
  })

  it('tells its listeners of every change, until they leave', () => {
    const { sweep, finish } = fakes(1)
    let told = 0
    const leave = sweep.subscribe(() => told++)
    const before = sweep.state
    finish(0)
    expect(told).toBeGreaterThan(0)
    expect(sweep.state).not.toBe(before)
    leave()
    const sofar = told
    sweep.cancel()
    expect(told).toBe(sofar)
  })
})
