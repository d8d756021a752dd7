import * as z from 'zod/mini'

/**
 * What page and sandbox say to one another over one port. A person's code runs in the same worker as the runtime and can say anything in its name:
 * the page believes nothing that these schemas do not let through.
 */

/** Page → sandbox. */
export type SandboxCommand =
  /** The WebAssembly of TensorFlow.js. Once, before anything else; answered by `ready`. */
  | { type: 'prepare'; wasm: Uint8Array<ArrayBuffer> }
  /** Compiled: a CommonJS body whose lines are those of the editor. Once. */
  | { type: 'run'; code: string }
  /** Training ends after the step in hand, with a checkpoint. */
  | { type: 'stop' }
  /** Answers the request of that number. */
  | { type: 'answer'; requestId: number; value: RequestValue }
  | { type: 'refusal'; requestId: number; message: string }
  /** The map wants this table's vectors with every picture; null: none. */
  | { type: 'watch'; table: string | null }

/** By the request's `op`: bytes or null (`load`, `read`), names (`list`), files (`openFiles`), nothing. */
export type RequestValue = Uint8Array | string[] | OpenedFiles | null

/** `dateOrders`: what the person answered for dates that can be read in two ways, by column. */
export interface OpenedFiles {
  files: File[]
  dateOrders: Record<string, 'dayFirst' | 'monthFirst'>
}

const text = (most: number) => z.string().check(z.maxLength(most))
/** A loss may be NaN: that is worth showing. */
const float = z.custom<number>((value) => typeof value === 'number')
const count = z.int().check(z.minimum(0))
const shape = z.array(count).check(z.maxLength(8))
const record = <T extends z.core.$ZodType>(value: T, most: number) =>
  z.record(text(200), value).check(z.refine((entries) => Object.keys(entries).length <= most))

/** Bytes of one blob, numbers of one table, points of one plot. */
export const bounds = { blobBytes: 64 * 2 ** 20, tableNumbers: 4_000_000, labels: 100_000, plotPoints: 20_000 }

const tensorSchema = z.object({ dtype: text(20), shape, head: z.array(float).check(z.maxLength(8)) })

const specSchema = z.object({
  mode: z.enum(['train', 'eval', 'infer']),
  globalStep: count,
  predictions: z.nullable(record(tensorSchema, 100)),
  loss: z.nullable(float),
  trainOp: z.nullable(text(1000)),
  evalMetricOps: z.nullable(z.array(text(200)).check(z.maxLength(100))),
  exportOutputs: z.nullable(
    record(
      z.object({ kind: z.enum(['regression', 'classification', 'predict']), outputs: record(tensorSchema, 100) }),
      100,
    ),
  ),
})

const blobName = text(300).check(z.regex(/^[^\0]+$/))
const bytes = z
  .instanceof(Uint8Array)
  .check(z.refine((array) => array.byteLength <= bounds.blobBytes, `A file of at most ${bounds.blobBytes} bytes`))
const numbers = (limit: number) => z.instanceof(Float32Array).check(z.refine((array) => array.length <= limit))

const requestSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('save'), name: blobName, bytes }),
  z.object({ op: z.literal('load'), name: blobName }),
  z.object({ op: z.literal('list'), name: text(300) }),
  z.object({ op: z.literal('delete'), name: blobName }),
  /** A file of the built-in data, relative to the page. */
  z.object({ op: z.literal('read'), name: text(100) }),
  /** The files that the person opened last. */
  z.object({ op: z.literal('openFiles') }),
])

export type SandboxRequest = z.infer<typeof requestSchema>

const seriesSchema = z.object({
  title: text(200),
  /** Of the values. */
  unit: text(50),
  /** What one place on the x axis is. */
  xName: text(50),
  lines: z
    .array(z.object({ name: text(40), values: numbers(bounds.plotPoints) }))
    .check(z.minLength(1), z.maxLength(6)),
})

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** What computes: told before `ready`, and when it changes. `borrowed`: kernels that WebAssembly has not, computed in plain JavaScript. */
  z.object({ type: z.literal('backend'), name: text(20), borrowed: z.array(text(60)).check(z.maxLength(40)) }),
  /** The worker's clock ticks, a few times a second: it is not stuck. */
  z.object({ type: z.literal('alive') }),
  z.object({ type: z.literal('console'), level: z.enum(['log', 'info', 'warn', 'error']), text: text(4100) }),
  z.object({
    type: z.literal('stepped'),
    modelDir: text(200),
    /** Some of the steps since the last message: numbers, and their losses. */
    steps: z.array(count).check(z.minLength(1), z.maxLength(200)),
    losses: z.array(float).check(z.maxLength(200)),
    stepMs: float,
    tensors: count,
    leakedTensors: z.int(),
  }),
  z.object({
    type: z.literal('evaluated'),
    modelDir: text(200),
    name: text(200),
    globalStep: count,
    metrics: record(float, 50),
  }),
  z.object({ type: z.literal('checkpointSaved'), path: text(300), globalStep: count, bytes: count }),
  z.object({
    type: z.literal('exported'),
    exporter: text(200),
    path: text(300),
    globalStep: count,
    files: z.array(z.object({ name: blobName, bytes: count })).check(z.maxLength(50)),
  }),
  z.object({ type: z.literal('spec'), parts: specSchema }),
  z.object({
    type: z.literal('tableDeclared'),
    name: text(200),
    keys: z.array(text(200)).check(z.maxLength(bounds.labels)),
    rows: count,
    dimension: z.int().check(z.minimum(1), z.maximum(4096)),
  }),
  z.object({
    type: z.literal('tableRead'),
    name: text(200),
    step: count,
    rows: count,
    dimension: z.int().check(z.minimum(1), z.maximum(4096)),
    vectors: numbers(bounds.tableNumbers),
  }),
  z.object({ type: z.literal('series'), series: seriesSchema }),
  z.object({ type: z.literal('request'), requestId: count, request: requestSchema }),
  z.object({ type: z.literal('done') }),
  /** `line`, `column`: in the editor, from 1; null: not in the person's code. */
  z.object({
    type: z.literal('failed'),
    message: text(4100),
    line: z.nullable(count),
    column: z.nullable(count),
    stack: z.nullable(text(8200)),
  }),
])

/** Sandbox → page: what has happened, or what it asks for. */
export type SandboxEvent = z.infer<typeof eventSchema>
export type SpecMessage = z.infer<typeof specSchema>
export type Series = z.infer<typeof seriesSchema>
export type TensorMessage = z.infer<typeof tensorSchema>

/** Null: not one of the sandbox's messages, or beyond its bounds. */
export function parseSandboxEvent(data: unknown): SandboxEvent | null {
  const read = eventSchema.safeParse(data)
  if (!read.success) return null
  const event = read.data
  if (event.type === 'tableRead' && event.vectors.length !== event.rows * event.dimension) return null
  if (event.type === 'tableDeclared' && event.keys.length !== event.rows) return null
  if (event.type === 'stepped' && event.steps.length !== event.losses.length) return null
  return event
}
