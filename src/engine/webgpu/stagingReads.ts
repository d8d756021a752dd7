/** Numbers on their way from the device: recorded in an encoder, there once its commands have run. */
export interface PendingRead {
  /** To be called after the submit, once. Copies the numbers into `target`; rejects when the device or the buffer is gone. */
  into(target: Float32Array): Promise<void>
}

export interface StagingReads {
  /** Records a copy of the first `length` floats of `source`. */
  record(encoder: GPUCommandEncoder, source: GPUBuffer, length: number): PendingRead
  destroy(): void
}

/** Idle buffers that are kept: enough for the snapshot on its way and the one after it, of a few tables. */
const MAX_IDLE = 6
const MAX_IDLE_BYTES = 2 ** 27

/** A ring of mapped buffers: a read takes one that is idle, so that reading positions every frame makes no buffers. */
export function createStagingReads(device: GPUDevice): StagingReads {
  const idle: GPUBuffer[] = []
  let destroyed = false

  function take(size: number): GPUBuffer {
    const at = idle.findIndex((buffer) => buffer.size === size)
    if (at >= 0) return idle.splice(at, 1)[0]!
    return device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  }
  function giveBack(buffer: GPUBuffer): void {
    buffer.unmap()
    if (destroyed) buffer.destroy()
    else idle.push(buffer)
    const bytes = () => idle.reduce((sum, { size }) => sum + size, 0)
    while (idle.length > MAX_IDLE || bytes() > MAX_IDLE_BYTES) idle.shift()!.destroy()
  }
  return {
    record(encoder, source, length) {
      const size = 4 * Math.max(length, 1)
      const buffer = take(size)
      encoder.copyBufferToBuffer(source, 0, buffer, 0, size)
      return {
        async into(target) {
          try {
            await buffer.mapAsync(GPUMapMode.READ)
          } catch (error) {
            buffer.destroy()
            throw error
          }
          target.set(new Float32Array(buffer.getMappedRange()).subarray(0, length))
          giveBack(buffer)
        },
      }
    },
    destroy() {
      destroyed = true
      for (const buffer of idle.splice(0)) buffer.destroy()
    },
  }
}
