import type { DenseColumn, Experiment, StartFrom } from '../experiment/experiment'
import { crossedColumn, embeddingColumn } from '../experiment/featureColumn'
import { labDefaults } from '../experiment/labs'
import { type StartKind, type Student, startKinds, type TransferSettings } from '../experiment/transferSettings'

/** The table that goes from the source to the students. */
export const transferredTable = 'day_X_hour_embedding'

/** One student: trained once, measured on the validation hours. */
export interface StudentCell {
  kind: StartKind
  /** Labelled hours. */
  size: number
  seed: number
  experiment: Experiment
}

export interface TransferPlan {
  settings: TransferSettings
  base: Experiment
  /** In the order they are run: all sizes with the first seed, then with the next, so that the whole picture is there early. */
  cells: StudentCell[]
}

/** Half of the hours are for measuring, the same ones whatever else is asked for. */
const split = { validationShare: 0.5, seed: 1 }

/**
 * How every student learns, whatever it starts from and however few its labels: plain gradient descent, the same steps, the same L2. Chosen once on the
 * simulated television with seeds of its own (`npm run bench -- transfer` repeats the choice) and used for the taxis as it is.
 */
export const recipe = { learningRate: 0.1, l2: 0.03, steps: 1200, batchSize: 32, initializerStddev: 0.1 } as const
export type Recipe = { [K in keyof typeof recipe]: number }

const labelOf = (columns: readonly string[]): Experiment['label'] => ({
  task: 'regression',
  targets: columns.map((column) => ({ column, transform: 'log1p', standardize: true })),
})

const embeddingOf = (dimension: number, options: Parameters<typeof embeddingColumn>[2] = {}) =>
  embeddingColumn(crossedColumn(['day', 'hour'], 24 * 7, { exact: true }), dimension, options)

/** Several measured counts at once, from one vector for each hour of the week through a linear head. */
export function sourceExperiment({ targets, dimension }: Pick<TransferSettings, 'targets' | 'dimension'>): Experiment {
  return {
    ...labDefaults.dayHour,
    label: labelOf(targets),
    columns: [embeddingOf(dimension)],
    split,
    stop: { epochs: 40, patience: null },
    backend: 'wasm',
  }
}

const studentData: Record<Student, { dataset: Experiment['dataset']; column: string }> = {
  taxi: { dataset: labDefaults.dayHour.dataset, column: 'taxi_passengers' },
  television: { dataset: labDefaults.television.dataset, column: 'tv_viewers' },
}

/** `startFrom` null: from scratch, whatever the kind says. */
function studentExperiment(
  { dimension, student }: TransferSettings,
  { kind, size, seed }: Omit<StudentCell, 'experiment'>,
  startFrom: StartFrom,
  { learningRate, l2, steps, batchSize, initializerStddev }: Recipe,
): Experiment {
  const { dataset, column } = studentData[student]
  const embedding = embeddingOf(dimension, { initializerStddev, trainable: kind !== 'frozen' })
  const columns: DenseColumn[] = [kind === 'scratch' ? embedding : { ...embedding, startFrom }]
  return {
    ...labDefaults.dayHour,
    dataset,
    label: labelOf([column]),
    columns,
    optimizer: { type: 'sgd', learningRate },
    batchSize,
    l2,
    seed,
    split: { ...split, trainSample: { rows: size, seed } },
    stop: { epochs: Math.max(1, Math.round(steps / Math.ceil(size / batchSize))), patience: null },
    backend: 'wasm',
  }
}

/** The three students at every size with every seed. The same seed means the same labelled hours and the same first head. */
export function planTransfer(settings: TransferSettings, startFrom: StartFrom, how: Recipe = recipe): TransferPlan {
  const seeds = Array.from({ length: settings.seedCount }, (_, i) => (settings.seed + i) >>> 0)
  const cells = seeds.flatMap((seed) =>
    settings.sizes.flatMap((size) =>
      startKinds.map((kind) => {
        const which = { kind, size, seed }
        return { ...which, experiment: studentExperiment(settings, which, startFrom, how) }
      }),
    ),
  )
  return { settings, base: sourceExperiment(settings), cells }
}
