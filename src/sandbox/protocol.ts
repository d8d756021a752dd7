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
  z.record(text(bounds.name), value).check(z.refine((entries) => Object.keys(entries).length <= most))

export const bounds = {
  /** Bytes of one blob, characters of its name. */
  blobBytes: 64 * 2 ** 20,
  blobName: 300,
  /** Numbers, rows and columns of one table. */
  tableNumbers: 4_000_000,
  labels: 100_000,
  dimension: 4096,
  /** Points of one plot, characters of what is written beside it. */
  plotPoints: 20_000,
  plotTitle: 200,
  plotUnit: 50,
  lineName: 40,
  /** Characters of any other name. */
  name: 200,
  /** Metrics of one evaluation, tensors and outputs of one spec. */
  metrics: 50,
  tensors: 40,
  outputs: 10,
}

const name = text(bounds.name)
const dimension = z.int().check(z.minimum(1), z.maximum(bounds.dimension))
const tensorSchema = z.strictObject({ dtype: text(20), shape, head: z.array(float).check(z.maxLength(8)) })
const tensorsSchema = record(tensorSchema, bounds.tensors)

const specSchema = z.strictObject({
  mode: z.enum(['train', 'eval', 'infer']),
  globalStep: count,
  predictions: z.nullable(tensorsSchema),
  loss: z.nullable(float),
  trainOp: z.nullable(text(1000)),
  evalMetricOps: z.nullable(z.array(name).check(z.maxLength(bounds.metrics))),
  exportOutputs: z.nullable(
    record(
      z.strictObject({ kind: z.enum(['regression', 'classification', 'predict']), outputs: tensorsSchema }),
      bounds.outputs,
    ),
  ),
})

const blobName = text(bounds.blobName).check(z.regex(/^[^\0]+$/))
/** A view would be carried and stored with all of its buffer. */
const isWhole = (array: Uint8Array | Float32Array) => array.byteLength === array.buffer.byteLength
const bytes = z.instanceof(Uint8Array).check(z.refine((array) => array.length <= bounds.blobBytes && isWhole(array)))
const numbers = (limit: number) =>
  z.instanceof(Float32Array).check(z.refine((array) => array.length <= limit && isWhole(array)))

const requestSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('save'), name: blobName, bytes }),
  z.strictObject({ op: z.literal('load'), name: blobName }),
  z.strictObject({ op: z.literal('list'), name: text(bounds.blobName) }),
  z.strictObject({ op: z.literal('delete'), name: blobName }),
  /** A file of the built-in data, relative to the page. */
  z.strictObject({ op: z.literal('read'), name: text(100) }),
  /** The files that the person opened last. */
  z.strictObject({ op: z.literal('openFiles') }),
])

export type SandboxRequest = z.infer<typeof requestSchema>

const seriesSchema = z.strictObject({
  title: text(bounds.plotTitle),
  /** Of the values. */
  unit: text(bounds.plotUnit),
  /** What one place on the x axis is. */
  xName: text(bounds.plotUnit),
  lines: z
    .array(z.strictObject({ name: text(bounds.lineName), values: numbers(bounds.plotPoints) }))
    .check(z.minLength(1), z.maxLength(6)),
})

const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** What computes: told before `ready`, and when it changes. `borrowed`: kernels that WebAssembly has not, computed in plain JavaScript. */
  z.strictObject({ type: z.literal('backend'), name: text(20), borrowed: z.array(text(60)).check(z.maxLength(40)) }),
  /** The worker's clock ticks, a few times a second: it is not stuck. */
  z.strictObject({ type: z.literal('alive') }),
  z.strictObject({ type: z.literal('console'), level: z.enum(['log', 'info', 'warn', 'error']), text: text(4100) }),
  z.strictObject({
    type: z.literal('stepped'),
    modelDir: name,
    /** Some of the steps since the last message: numbers, and their losses. */
    steps: z.array(count).check(z.minLength(1), z.maxLength(200)),
    losses: z.array(float).check(z.maxLength(200)),
    stepMs: float,
    tensors: count,
    leakedTensors: z.int(),
  }),
  z.strictObject({
    type: z.literal('evaluated'),
    modelDir: name,
    name,
    globalStep: count,
    metrics: record(float, bounds.metrics),
  }),
  z.strictObject({ type: z.literal('checkpointSaved'), path: text(bounds.blobName), globalStep: count, bytes: count }),
  z.strictObject({
    type: z.literal('exported'),
    exporter: name,
    path: text(bounds.blobName),
    globalStep: count,
    files: z.array(z.strictObject({ name: blobName, bytes: count })).check(z.maxLength(50)),
  }),
  z.strictObject({ type: z.literal('spec'), parts: specSchema }),
  z.strictObject({
    type: z.literal('tableDeclared'),
    name,
    keys: z.array(name).check(z.maxLength(bounds.labels)),
    rows: count,
    dimension,
  }),
  z.strictObject({
    type: z.literal('tableRead'),
    name,
    step: count,
    rows: count,
    dimension,
    vectors: numbers(bounds.tableNumbers),
  }),
  z.strictObject({ type: z.literal('series'), series: seriesSchema }),
  z.strictObject({ type: z.literal('request'), requestId: count, request: requestSchema }),
  z.strictObject({ type: z.literal('done') }),
  /** `line`, `column`: in the editor, from 1; null: not in the person's code. */
  z.strictObject({
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
