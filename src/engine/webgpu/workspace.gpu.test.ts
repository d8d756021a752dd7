import { describe, expect, it } from 'vitest'
import { gatherRows } from '../../columns/batches'
import { fillRows, orderKeys } from '../../columns/rowOrder'
import { useBackend as startBackend } from '../../model/backends'
import { createSyntheticData } from '../../model/syntheticData'
import { packBatch, WHOLE } from './batchLayout'
import { createComputePass } from './computePass'
import { createDeviceBuffers } from './deviceBuffers'
import { uploadData } from './deviceData'
import { engineDevice } from './engineDevice'
import { kernelFactory } from './gpuKernel'
import { createStagingReads } from './stagingReads'
import { packUniforms } from './stepUniforms'
import { createWorkspace, workspaceKernels, workspaceSize } from './workspace'

const adapter = await navigator.gpu?.requestAdapter()
const encoded = createSyntheticData({
  rows: 200,
  categorical: [{ name: 'film', buckets: 30 }],
  numeric: ['hour'],
  task: 'regression',
  outputs: 1,
})

describe.skipIf(!adapter)('a workspace', () => {
  // The threads of a dispatch are a multiple of 64: those behind the last region must write nowhere.
  it.each([1, 20, 63, 64, 65])('draws and gathers batches of %i that fill all of its regions', async (size) => {
    await startBackend('webgpu', { wasmPaths: '' })
    const { device, software } = engineDevice()!
    const buffers = createDeviceBuffers(device)
    const data = uploadData(buffers, encoded)
    const kernels = await workspaceKernels(kernelFactory(device), software)
    const room = { ...workspaceSize(encoded, size, [WHOLE]), steps: 2 }
    const workspace = createWorkspace(device, buffers.part(), kernels, encoded, data, room)
    const order = orderKeys(5, 0, 200)
    const draw = { position: 3, count: 200, batch: size, order }
    const steps = [0, 1].map(() => ({ size, rate: 0, l2: 0, l2Dense: 0 }))
    device.queue.writeBuffer(workspace.uniforms, 0, packUniforms(draw, size, steps))
    const encoder = device.createCommandEncoder()
    const recorded = encoder.beginComputePass()
    const pass = createComputePass(recorded)
    workspace.drawRows(pass, 2)
    workspace.gather(pass, 2)
    recorded.end()
    const reads = createStagingReads(device)
    const { batchStride } = workspace.layout
    const pending = reads.record(encoder, workspace.batches, 2 * batchStride)
    device.queue.submit([encoder.finish()])
    const batches = new Float32Array(2 * batchStride)
    await pending.into(batches)

    const rows = new Uint32Array(2 * size)
    fillRows(rows, encoded.trainRows, 3, order)
    for (const step of [0, 1]) {
      const batch = gatherRows(encoded, rows.slice(step * size, (step + 1) * size))
      const expected = new Float32Array(packBatch(workspace.layout, batch).buffer)
      expect(batches.subarray(step * batchStride, (step + 1) * batchStride)).toEqual(expected)
    }
    buffers.destroyAll()
    reads.destroy()
  })

  it('has no room for the row index where nothing is trained', async () => {
    await startBackend('webgpu', { wasmPaths: '' })
    const { device, software } = engineDevice()!
    const buffers = createDeviceBuffers(device)
    const kernels = await workspaceKernels(kernelFactory(device), software)
    const room = { ...workspaceSize(encoded, 50, [WHOLE]), steps: 1 }
    const bytesOf = (sorts: boolean) => {
      const part = buffers.part()
      createWorkspace(device, part, kernels, encoded, uploadData(buffers, encoded), { ...room, sorts })
      return part.bytes
    }
    // Of each lookup 3 numbers of the index and 2 to sort it, beside its id.
    expect(bytesOf(true) - bytesOf(false)).toBeGreaterThanOrEqual(4 * 5 * 50)
    buffers.destroyAll()
  })
})
