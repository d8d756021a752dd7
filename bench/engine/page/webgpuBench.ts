import { memory } from '@tensorflow/tfjs-core'
import type { EncodedData } from '../../../src/columns/sparseBatch'
import { createWebgpuTrainable } from '../../../src/engine/webgpu/createWebgpuTrainable'
import type { Experiment } from '../../../src/experiment/experiment'
import { useBackend as startBackend } from '../../../src/model/backends'
import { createStockModel } from '../../../src/model/stockModel'
import type { Trainable } from '../../../src/model/trainable'
import { dotProductExperiment } from '../experiments'
import { batchContestant, type Contestant, residentContestant, wholeBatches } from '../race'
import { encodeRatings, ratingsOf, type ShapeName, shapes } from '../shapes'

export interface Cell {
  shape: ShapeName
  k: number
  batch: number
}

/** What a device and TensorFlow.js hold. */
export interface Held {
  buffers: number
  bufferBytes: number
  tensors: number
}

const live = countBuffers()
const data = new Map<ShapeName, EncodedData>()
let sides: Record<'fused' | 'stock', { model: Trainable; contestant: Contestant }> | null = null

/** Driven from Node by bench/engine/webgpu.ts. */
const bench = {
  /** Builds both sides for a cell; returns the adapter's name. */
  async prepare({ shape, k, batch }: Cell): Promise<string> {
    await startBackend('webgpu', { wasmPaths: '' })
    for (const side of Object.values(sides ?? {})) side.model.dispose()
    const { users, items } = shapes[shape]
    if (!data.has(shape)) data.set(shape, encodeRatings(ratingsOf(shapes[shape]), users, items))
    const encoded = wholeBatches(data.get(shape)!, batch)
    const experiment: Experiment = dotProductExperiment(users, items, { k, batch, optimizer: 'adagrad' })
    const fused = await createWebgpuTrainable(encoded, experiment)
    if (!fused) throw new Error('The fused engine did not take the model.')
    const stock = createStockModel(encoded, experiment)
    sides = {
      fused: { model: fused, contestant: residentContestant(fused, encoded, batch) },
      stock: { model: stock, contestant: batchContestant(stock, encoded, experiment.seed, batch) },
    }
    const info = (await navigator.gpu.requestAdapter())?.info
    return info ? info.description || `${info.vendor} ${info.architecture}` : 'no adapter'
  },
  /** Milliseconds a step, the device's work included. */
  run(side: 'fused' | 'stock', steps: number): Promise<number> {
    if (!sides) throw new Error('prepare first')
    return sides[side].contestant.run(steps)
  },
  held: (): Held => ({ ...live, tensors: memory().numTensors }),
}
export type WebgpuBench = typeof bench
Object.assign(window, { webgpuBench: bench })

/** Counts buffers from their creation to their destruction, whoever makes them. */
function countBuffers(): Omit<Held, 'tensors'> {
  const counts = { buffers: 0, bufferBytes: 0 }
  const { createBuffer } = GPUDevice.prototype
  const { destroy } = GPUBuffer.prototype
  const known = new WeakSet<GPUBuffer>()
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor)
    known.add(buffer)
    counts.buffers++
    counts.bufferBytes += buffer.size
    return buffer
  }
  GPUBuffer.prototype.destroy = function () {
    if (known.delete(this)) {
      counts.buffers--
      counts.bufferBytes -= this.size
    }
    return destroy.call(this)
  }
  return counts
}
