import { ModelError } from '../../model/modelError'
import { UNIFORM_SLOT } from './gpuKernel'

/** Buffers with one owner, who destroys them all at once. */
export interface DeviceBuffers {
  /**
   * Zeros, 4 bytes an element; up to four of them may be a uniform too. Throws a `ModelError` about `field` when the device cannot bind that much at once; `name` says what
   * it is for.
   */
  allocate(name: string, length: number, field: string): GPUBuffer
  /** As `allocate`, with content. */
  upload(name: string, values: Float32Array | Int32Array | Uint32Array, field: string): GPUBuffer
  /** A kernel's `Layout`: numbers that stay as they are. */
  uniform(numbers: readonly number[]): GPUBuffer
  /** `slots` uniforms, each of which a dispatch finds by its offset. */
  slots(count: number): GPUBuffer
  /** Buffers that can be destroyed earlier, and go with these at the latest. */
  part(): DeviceBuffers
  destroyAll(): void
  /** Without those of parts. */
  readonly bytes: number
}

/** Bytes written at a time: what a mapped range of the staging area comfortably holds. */
const UPLOAD_BYTES = 2 ** 26

export function createDeviceBuffers(device: GPUDevice, destroyed?: () => void): DeviceBuffers {
  const buffers = new Set<GPUBuffer>()
  const parts = new Set<DeviceBuffers>()
  function allocate(name: string, length: number, field: string): GPUBuffer {
    // A binding may not be empty.
    const size = 4 * Math.max(length, 1)
    const limit = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize)
    if (size > limit) {
      throw new ModelError(
        `${name} needs ${size.toLocaleString('en')} bytes; this graphics device binds ${limit.toLocaleString('en')} at most.`,
        field,
      )
    }
    const buffer = device.createBuffer({
      label: name,
      size,
      usage:
        GPUBufferUsage.STORAGE |
        GPUBufferUsage.COPY_SRC |
        GPUBufferUsage.COPY_DST |
        (size <= 16 ? GPUBufferUsage.UNIFORM : 0),
    })
    buffers.add(buffer)
    return buffer
  }
  function uniformBuffer(size: number): GPUBuffer {
    const buffer = device.createBuffer({ size, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST })
    buffers.add(buffer)
    return buffer
  }
  return {
    allocate,
    uniform(numbers) {
      const buffer = uniformBuffer(Math.ceil(numbers.length / 4) * 16)
      device.queue.writeBuffer(buffer, 0, Uint32Array.from(numbers))
      return buffer
    },
    slots: (count) => uniformBuffer(count * UNIFORM_SLOT),
    upload(name, values, field) {
      const buffer = allocate(name, values.length, field)
      writeBuffer(device, buffer, 0, values)
      return buffer
    },
    part() {
      const part = createDeviceBuffers(device, () => parts.delete(part))
      parts.add(part)
      return part
    },
    destroyAll() {
      for (const part of parts) part.destroyAll()
      for (const buffer of buffers) buffer.destroy()
      buffers.clear()
      destroyed?.()
    },
    get bytes() {
      return [...buffers].reduce((sum, { size }) => sum + size, 0)
    },
  }
}

/** Writes `values` from element `at` of the buffer on, in pieces, so that no copy of a large table is made at once. */
export function writeBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  at: number,
  values: Float32Array | Int32Array | Uint32Array,
): void {
  const step = UPLOAD_BYTES / 4
  for (let from = 0; from < values.length; from += step) {
    const part = values.subarray(from, from + step)
    device.queue.writeBuffer(buffer, 4 * (at + from), part.buffer as ArrayBuffer, part.byteOffset, part.byteLength)
  }
}
