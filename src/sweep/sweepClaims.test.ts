import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import { analogyRows } from '../geometry/analogy'
import type { LearntTable, TrainerEvent } from '../protocol/trainer'
import { createScheduler } from '../trainer/scheduler'
import { createTrainer } from '../trainer/trainer'
import { overlayTables } from './overlayTables'
import { planSweep } from './planSweep'
import { runSweep, type SweepTrainer } from './runSweep'
import { elbowOf, summarizeSweep } from './sweepResults'

/** A trainer of this thread, `public/` as its page. */
function startTrainer(onEvent: (event: TrainerEvent) => void): SweepTrainer {
  const trainer = createTrainer(onEvent, {
    async read(path) {
      const bytes = await readFile(`public/${path}`)
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    },
    scheduler: createScheduler(),
    now: () => performance.now(),
    wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/',
  })
  return { send: (command) => trainer.handle(command), destroy: () => void trainer.destroy() }
}

/** The dimension at these values, each with so many seeds, for 40 epochs. */
async function sweepDimensions(experiment: Experiment, values: number[], seedCount: number) {
  const setting = { kind: 'dimension', column: 0 } as const
  const plan = planSweep(experiment, { setting, values, seedCount, epochs: 40 })
  const sweep = runSweep(plan, { startTrainer, workers: 1, files: null })
  await new Promise<void>((resolve) => {
    sweep.subscribe(() => sweep.state.status === 'done' && resolve())
  })
  const { cells } = sweep.state
  expect(cells.map(({ state }) => state)).toEqual(plan.cells.map(() => 'done'))
  return {
    summaries: summarizeSweep(plan, cells, 'loss', 'last'),
    /** By seed. */
    tables: (dimension: number) =>
      cells.flatMap((cell, i) =>
        cell.state === 'done' && cell.table && plan.cells[i]!.value === dimension ? [cell.table] : [],
      ),
  }
}

function overlayOf([first, second]: LearntTable[]) {
  const named = ({ points, dimension, vectors }: LearntTable) => {
    return { keys: points.keys, counts: points.counts, dimension, vectors }
  }
  return overlayTables(named(first!), named(second!))!
}

type Swept = Awaited<ReturnType<typeof sweepDimensions>>

describe('a sweep of the dimension on Day × hour', () => {
  let swept: Swept
  beforeAll(async () => {
    swept = await sweepDimensions(labDefaults.dayHour, [1, 2, 3, 4, 8, 16], 3)
  }, 120_000)

  it('finds an elbow past which the validation loss hardly improves, and the gain before it large', () => {
    const { summaries } = swept
    const losses = new Map(summaries.map(({ value, validation }) => [value, validation.mean]))
    const elbow = elbowOf(summaries, 'loss')!.value
    // Four targets of a linear head have rank four at most: no wider table says more.
    expect(elbow).toBe(4)
    const gain = losses.get(1)! - losses.get(elbow)!
    const gainPast = losses.get(elbow)! - losses.get(16)!
    expect(gain).toBeGreaterThan(0.1 * losses.get(1)!)
    expect(gainPast).toBeLessThan(0.05 * gain)
  })

  it('finds the same shape from two seeds, and another one in dimensions to spare', () => {
    const { rows, residual, shuffled } = overlayOf(swept.tables(2))
    expect(rows).toHaveLength(168)
    expect(residual).toBeLessThan(0.03)
    expect(shuffled).toBeGreaterThan(0.9)
    expect(overlayOf(swept.tables(16)).residual).toBeGreaterThan(0.3)
  })

  it('answers analogies: as one hour to another on a weekday, so on another weekday', () => {
    const right = analogyShare(swept.tables(2)[0]!)
    // Four of 165 points are right by chance.
    expect(right).toBeGreaterThan((10 * 4) / 165)
  })
})

describe('a sweep of the dimension on Movies', () => {
  let swept: Swept
  beforeAll(async () => {
    swept = await sweepDimensions(labDefaults.movies, [1, 2, 8], 2)
  }, 120_000)

  it('finds the two planted tastes: one number is too few, eight learn by heart', () => {
    const { summaries } = swept
    const [one, two, eight] = summaries
    expect(elbowOf(summaries, 'loss')!.value).toBe(2)
    expect(one!.validation.mean).toBeGreaterThan(1.15 * two!.validation.mean)
    expect(eight!.validation.mean).toBeGreaterThan(1.1 * two!.validation.mean)
    expect(eight!.train.mean).toBeLessThan(0.8 * two!.train.mean)
  })

  it('finds the same plane of films from two seeds, and not the same eight dimensions', () => {
    expect(overlayOf(swept.tables(2)).residual).toBeLessThan(0.02)
    expect(overlayOf(swept.tables(2)).shuffled).toBeGreaterThan(0.9)
    expect(overlayOf(swept.tables(8)).residual).toBeGreaterThan(0.3)
  })
})

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const WEEKDAYS = 5

/** Of the five nearest to (day, hour) − (day, other hour) + (other day, other hour), the share that is that hour of a weekday. */
function analogyShare({ points, dimension, vectors }: LearntTable): number {
  const rowOf = (day: number, hour: number) => points.labels.indexOf(`${DAYS[day]} ${hour} h`)
  let right = 0
  let all = 0
  for (let day = 0; day < WEEKDAYS; day++) {
    for (let hour = 0; hour < 24; hour++) {
      const [otherDay, otherHour] = [(day + 2) % WEEKDAYS, (hour + 9) % 24]
      const terms = { a: rowOf(day, hour), b: rowOf(day, otherHour), c: rowOf(otherDay, otherHour) }
      const answers = analogyRows(vectors, points.keys.length, dimension, terms, 5, 'euclidean')
      for (const row of answers.rows) {
        const [name = '', at] = points.labels[row]!.split(' ')
        all++
        if (Number(at) === hour && DAYS.indexOf(name) < WEEKDAYS) right++
      }
    }
  }
  return right / all
}
