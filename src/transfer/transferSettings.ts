/** What the source learns to predict, all at once, from the day × hour cross. */
export const sourceTargets = ['cars', 'bike_members', 'bike_visitors'] as const
export type SourceTarget = (typeof sourceTargets)[number]

/** Whose demand is predicted from few labels. */
export const students = ['taxi', 'television'] as const
export type Student = (typeof students)[number]

/** How a student comes by its embedding: first values at random; the source's rows that stay (`trainable: false`); the source's rows that move. */
export const startKinds = ['scratch', 'frozen', 'fineTuned'] as const
export type StartKind = (typeof startKinds)[number]

export interface TransferSettings {
  /** At least one. */
  targets: readonly SourceTarget[]
  /** Of the embedding, source and students. */
  dimension: number
  student: Student
  /** Labelled hours that the students learn from, ascending. */
  sizes: readonly number[]
  /** How many seeds, from `seed` upwards; each draws other labelled hours and other first weights. */
  seedCount: number
  seed: number
}

export const defaultTransfer: TransferSettings = {
  targets: sourceTargets,
  dimension: 3,
  student: 'taxi',
  sizes: [10, 20, 50, 100, 200, 500, 1000, 2000],
  seedCount: 5,
  seed: 1,
}

export const transferLimits = { fewestLabels: 10, mostLabels: 2000, sizes: 12, seeds: 20, dimension: 16 } as const
