import * as z from 'zod/mini'
import { experimentSchema } from '../experiment/experiment'

/**
 * The layout of an exported weights file, as docs/weights-format.md describes it. docs/weights-format.schema.json is made from it
 * (`npm run build:schema`).
 */
const count = z.int().check(z.minimum(0))
const matrix = z.array(z.array(z.number()))
const array = z.object({
  shape: z.array(count).check(z.maxLength(2)),
  /** A number for shape [], a list for [n], a list of rows for [n, d]. */
  values: z.union([z.number(), z.array(z.number()), matrix]),
})
const metrics = z.record(z.string(), z.nullable(z.number()))

export const weightsSchema = z.object({
  format: z.literal('embedding-playground-weights'),
  version: z.literal(1),
  experiment: experimentSchema,
  seed: z.int(),
  dataset: z.object({ name: z.string(), title: z.string(), fingerprint: z.string(), rows: z.int() }),
  backend: z.string(),
  step: count,
  epoch: z.number().check(z.minimum(0)),
  /** Of the last evaluation, which may be some steps before the weights. */
  metrics: z.nullable(
    z.object({ step: count, epoch: z.number().check(z.minimum(0)), train: metrics, validation: metrics }),
  ),
  /** The columns that the model reads without a table, sorted by name. */
  inputs: z.array(
    z.discriminatedUnion('kind', [
      /** The model reads (value − mean) / deviation, after log1p where that is the normalizer, and `fill` for a missing number. */
      z.object({
        name: z.string(),
        kind: z.literal('numeric'),
        normalizer: z.enum(['none', 'standardize', 'log1p']),
        mean: z.number(),
        deviation: z.number().check(z.positive()),
        fill: z.number(),
      }),
      /** The model reads as many numbers as there are keys: how often the row holds each. */
      z.object({ name: z.string(), kind: z.literal('indicator'), keys: z.array(z.string()) }),
    ]),
  ),
  /** Outputs of the model in order; value in units = inverse transform of (output · deviation + mean). */
  outputs: z.array(
    z.object({
      name: z.string(),
      unit: z.nullable(z.string()),
      mean: z.number(),
      deviation: z.number(),
      transform: z.enum(['none', 'log1p']),
    }),
  ),
  /** Embedding tables by TensorFlow's name; `keys[i]` names `rows[i]`, and `labels[i]` says what people call it where the data know another name. */
  embeddings: z.record(
    z.string(),
    z.object({
      column: z.string(),
      shape: z.tuple([z.int(), z.int()]),
      keys: z.array(z.string()),
      labels: z.optional(z.array(z.string())),
      rows: matrix,
    }),
  ),
  /** Biases by key (dot product): `film_bias`. */
  biases: z.record(z.string(), z.object({ keys: z.array(z.string()), values: z.array(z.number()) })),
  /** Dense layers and single numbers: `hidden_0/kernel` [inputs, units], `head/bias`, `global_bias`. */
  dense: z.record(z.string(), array),
  /** Only on request: what training needs to go on as if it had not stopped. */
  training: z.nullable(
    z.object({
      optimizer: z.record(z.string(), array),
      optimizerSteps: count,
      /** Where in the epoch's order of rows it stood. */
      batches: z.json(),
    }),
  ),
})

export type WeightsLayout = z.infer<typeof weightsSchema>
