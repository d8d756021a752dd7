import * as z from 'zod/mini'
import { nameList, numberList } from './linkList'

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

/** The lab of transfer as its link has it: what is asked for, and whose map is looked at. */
export interface TransferLink extends TransferSettings {
  /** What a person calls weights that were learnt elsewhere; the link has their name only. null: the source is learnt here. */
  source: string | null
  /** The student whose map is looked at; of the first seed. */
  kind: StartKind
  /** null: the first number of labels with a result. */
  size: number | null
}

export const defaultTransfer: TransferLink = {
  targets: sourceTargets,
  dimension: 3,
  student: 'taxi',
  sizes: [10, 20, 50, 100, 200, 500, 1000, 2000],
  seedCount: 5,
  seed: 1,
  source: null,
  kind: 'fineTuned',
  size: null,
}

export const transferLimits = { fewestLabels: 10, mostLabels: 2000, sizes: 12, seeds: 20, dimension: 16 } as const

const labels = z.int().check(z.minimum(transferLimits.fewestLabels), z.maximum(transferLimits.mostLabels))
const upTo = (most: number) => z.int().check(z.minimum(1), z.maximum(most))

export const transferLinkSchema = z.object({
  targets: z.exactOptional(nameList(sourceTargets)),
  dimension: z.exactOptional(upTo(transferLimits.dimension)),
  student: z.exactOptional(z.enum(students)),
  sizes: z.exactOptional(numberList(labels, 1, transferLimits.sizes)),
  seedCount: z.exactOptional(upTo(transferLimits.seeds)),
  source: z.exactOptional(z.string().check(z.maxLength(200))),
  kind: z.exactOptional(z.enum(startKinds)),
  size: z.exactOptional(labels),
})
