import { describe, expect, it } from 'vitest'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import type { Evaluation, RunInfo, TrainerCommand, TrainerEvent } from '../protocol/trainer'
import { estimateSweep, probesOf } from './estimateSweep'
import { planSweep } from './planSweep'
import { timeRuns } from './timeRuns'

const base = labDefaults.dayHour
const setting = { kind: 'dimension', column: 0 } as const
const plan = planSweep(base, { setting, values: [1, 4, 16], seedCount: 2, epochs: 40 })

const START = 200
const BEGIN = 10
const dimensionOf = ({ columns: [column] }: Experiment) => (column?.type === 'embedding' ? column.dimension : 0)
const epochMs = (experiment: Experiment) => 3 + dimensionOf(experiment)

/** A trainer on a clock that the test winds: each run takes what `msOf` says. */
function time(experiments: readonly Experiment[], msOf: (experiment: Experiment) => number, fails = false) {
  let ms = 0
  let said: number[] | null = null
  let say: (event: TrainerEvent) => void = () => undefined
  const waiting: TrainerCommand[] = []
  timeRuns(
    experiments,
    {
      now: () => ms,
      startTrainer(onEvent) {
        ms += START
        say = onEvent
        return { send: (command) => void waiting.push(command), destroy: () => undefined }
      },
    },
    (tookMs) => {
      said = tookMs
    },
  )
  for (let command = waiting.shift(); command && said === null; command = waiting.shift()) {
    if (command.type !== 'start') continue
    const { runId, experiment } = command
    ms += msOf(experiment)
    const epoch = experiment.stop.epochs!
    const evaluation = { step: 9, epoch, train: {}, validation: {}, perTarget: [], isBest: true } as Evaluation
    if (fails) say({ runId, type: 'failed', message: 'no', field: null, stack: null })
    say({ runId, type: 'started', run: { parameters: 1, bytes: 4, trainRows: 10 } as RunInfo })
    say({ runId, type: 'evaluated', evaluations: [evaluation] })
    say({ runId, type: 'paused', step: 9, reason: { why: 'epochs' } })
  }
  return said as number[] | null
}

describe('what a sweep will take', () => {
  it('is told by its ends: starting, beginning, the epochs, and what wider tables cost', () => {
    const tookMs = time(probesOf(plan), (e) => BEGIN + e.stop.epochs! * epochMs(e))!
    expect(tookMs).toEqual([START + 14, 14, 50, 29, 200])
    const all = plan.cells.reduce((sum, { experiment }) => sum + BEGIN + 40 * epochMs(experiment), 0)
    expect(estimateSweep(plan, tookMs, 1)).toBeCloseTo(START + all)
    expect(estimateSweep(plan, tookMs, 3)).toBeCloseTo(START + all / 3)
    expect(estimateSweep(plan, tookMs, 99)).toBeCloseTo(START + all / plan.cells.length)
  })

  it('grows with the steps of smaller batches', () => {
    const batches = planSweep(base, {
      setting: { kind: 'batchSize' },
      values: [64, 256, 1024],
      seedCount: 1,
      epochs: 2,
    })
    const tookMs = time(probesOf(batches), (e) => (e.stop.epochs! * 640) / e.batchSize)!
    expect(estimateSweep(batches, tookMs, 1)).toBeCloseTo(START + 2 * (10 + 2.5 + 0.625))
  })

  it('is told by one run where one takes long', () => {
    const tookMs = time(probesOf(plan), ({ stop }) => stop.epochs! * 3000)!
    expect(tookMs).toEqual([START + 3000])
    expect(estimateSweep(plan, tookMs, 2)).toBeCloseTo((6 * 40 * 3200) / 2)
  })

  it('is not known where a run fails', () => {
    expect(time(probesOf(plan), () => 1, true)).toBeNull()
  })
})
