import type { EncodedData, SparseBatch } from '../../columns/sparseBatch'
import { checkRowNumbers } from '../../model/checkRowNumbers'
import { checkBatch, copyBatch, lookupBounds, packBatch } from './batchLayout'
import { type ComputePass, createComputePass } from './computePass'
import { writeBuffer } from './deviceBuffers'
import { UNIFORM_SLOT } from './gpuKernel'
import type { PredictionPass } from './gpuNetwork'
import type { GpuParts } from './gpuTrainer'
import type { StagingReads } from './stagingReads'
import { packUniforms } from './stepUniforms'
import { createWorkspace, type Workspace } from './workspace'

/** Outputs for rows and batches, in room of its own: steps that are under way are not disturbed. */
export interface GpuEvaluator {
  predict(batch: SparseBatch): Promise<Float32Array>
  predictRows(rows: Uint32Array): Promise<Float32Array>
}

/** Examples of a submit, a few milliseconds of work on a slow device and enough for a fast one, and numbers in their outputs: many classes take fewer. */
const CHUNK = 4096
const CHUNK_OUTPUTS = 2 ** 20

interface Evaluation {
  workspace: Workspace
  outputs: GPUBuffer
  pass: PredictionPass
}

export function createGpuEvaluator(parts: GpuParts, reads: StagingReads): GpuEvaluator {
  const { device, buffers, submitter, encoded, data, network, kernels, pieces } = parts
  const width = encoded.label.outputs
  const stride = network.outputStride
  const capacity = Math.max(1, Math.min(CHUNK, Math.ceil(CHUNK_OUTPUTS / stride), encoded.rowCount))
  let evaluation: Evaluation | null = null

  /** Made when first asked for; again when a batch has more lookups than so many different rows of the data. */
  function roomFor(lookups: readonly number[]): Evaluation {
    const layout = evaluation?.workspace.layout
    if (evaluation && layout!.columns.every((column, c) => lookups[c]! <= column.lookups)) return evaluation
    const bounds = lookupBounds(encoded, capacity).map((bound, c) => Math.max(bound, lookups[c]!))
    evaluation?.workspace.destroy()
    const room = { capacity, pieces, lookups: bounds, steps: 1, sorts: false }
    const workspace = createWorkspace(device, buffers.part(), kernels, encoded, data, room)
    const outputs = workspace.buffers.allocate('Predictions', 4 * Math.ceil(capacity / 4) * stride, 'batchSize')
    evaluation = { workspace, outputs, pass: network.bindPrediction(workspace, outputs) }
    return evaluation
  }
  /** One submit: `fill` brings the batch, the outputs go to `target`. */
  function chunk(
    size: number,
    lookups: readonly number[],
    fill: (workspace: Workspace, pass: ComputePass) => void,
    target: Float32Array,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      submitter.add({
        kind: 'predictions',
        units: 1,
        limit: () => 1,
        cancel: reject,
        encode(encoder) {
          const { workspace, outputs, pass: network } = roomFor(lookups)
          const draw = { position: 0, count: size, batch: size, order: null }
          const step = { size, rate: 0, l2: 0, l2Dense: 0 }
          writeBuffer(device, workspace.uniforms, 0, packUniforms(draw, workspace.layout.capacity, [step]))
          const recorded = encoder.beginComputePass()
          const pass = createComputePass(recorded)
          pass.uniformAt(0)
          fill(workspace, pass)
          pass.uniformAt(UNIFORM_SLOT)
          network(pass, size)
          recorded.end()
          const read = reads.record(encoder, outputs, size * stride)
          const padded = stride === width ? target : new Float32Array(size * stride)
          return () => {
            const arrived = read.into(padded).then(() => {
              if (padded !== target) compact(padded, stride, target, width)
            })
            arrived.then(resolve, reject)
          }
        },
      })
    })
  }

  return {
    async predict(batch) {
      checkBatch(encoded, batch)
      const outputs = new Float32Array(batch.size * width)
      const copy = copyBatch(batch)
      const chunks: Promise<void>[] = []
      for (let from = 0; from < batch.size; from += capacity) {
        const part = partOf(copy, from, Math.min(from + capacity, batch.size), encoded.numeric.length)
        const lookups = part.categorical.map(({ ids }) => ids.length)
        const fill = ({ batches, layout }: Workspace) => writeBuffer(device, batches, 0, packBatch(layout, part))
        chunks.push(chunk(part.size, lookups, fill, outputs.subarray(from * width, (from + part.size) * width)))
      }
      await Promise.all(chunks)
      return outputs
    },
    async predictRows(rows) {
      checkRowNumbers(rows, encoded.rowCount)
      const outputs = new Float32Array(rows.length * width)
      const chunks: Promise<void>[] = []
      for (let from = 0; from < rows.length; from += capacity) {
        const part = rows.slice(from, from + capacity)
        const fill = (workspace: Workspace, pass: ComputePass) => {
          writeBuffer(device, workspace.rows, 0, part)
          workspace.gather(pass, 1)
        }
        const lookups = lookupsOf(encoded, part)
        chunks.push(chunk(part.length, lookups, fill, outputs.subarray(from * width, (from + part.length) * width)))
      }
      await Promise.all(chunks)
      return outputs
    },
  }
}

/** Of each column in these rows of the data, one of which may be asked for more than once. */
function lookupsOf({ categorical }: EncodedData, rows: Uint32Array): number[] {
  return categorical.map(({ offsets }) =>
    offsets ? rows.reduce((sum, row) => sum + offsets[row + 1]! - offsets[row]!, 0) : rows.length,
  )
}

/** Rows `from` … `end` − 1 of a batch, without labels. */
function partOf({ categorical, dense }: SparseBatch, from: number, end: number, numbers: number): SparseBatch {
  return {
    size: end - from,
    dense: dense.subarray(from * numbers, end * numbers),
    labels: new Float32Array(0),
    categorical: categorical.map(({ ids, offsets }) =>
      offsets
        ? {
            ids: ids.subarray(offsets[from]!, offsets[end]!),
            offsets: offsets.subarray(from, end + 1).map((offset) => offset - offsets[from]!),
          }
        : { ids: ids.subarray(from, end), offsets: null },
    ),
  }
}

/** The first `width` numbers of every row of `stride`. */
function compact(padded: Float32Array, stride: number, target: Float32Array, width: number): void {
  for (let row = 0; row * width < target.length; row++) {
    target.set(padded.subarray(row * stride, row * stride + width), row * width)
  }
}
