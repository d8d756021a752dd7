import { add, tidy } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { readTensor } from '../../kernels/readTensor'
import { useBackend as startBackend } from '../../model/backends'
import { createModel } from '../../model/createModel'
import { modelCases } from '../../model/modelCases'
import { ModelError } from '../../model/modelError'
import { batchOfRows } from '../../model/syntheticData'
import { createWebgpuTrainable, type WebgpuTrainable } from './createWebgpuTrainable'
import { createDeviceBuffers } from './deviceBuffers'
import { engineDevice } from './engineDevice'
import { expectSameState, onCpu, onGpu } from './trainableChecks'

const adapter = await navigator.gpu?.requestAdapter()
const [dot, , network] = modelCases({ batchSize: 8, optimizer: { type: 'adam', learningRate: 0.01 } })

/** `steps` steps of 8 of 60 rows, 8 an epoch. */
function train(model: WebgpuTrainable, steps: number): void {
  for (let step = 0; step < steps; step += 8)
    model.trainSteps({ epoch: step / 8, position: 0 }, Math.min(8, steps - step))
}

describe.skipIf(!adapter)('runs on webgpu', () => {
  it.each([dot!, network!])('are the same to the bit when repeated: $name', async (one) => {
    const saved = []
    for (let run = 0; run < 2; run++) {
      const model = await onGpu(one)
      train(model, 1000)
      saved.push({ ...(await model.save()), loss: await model.takeTrainLoss() })
      model.dispose()
    }
    expect(saved[1]).toEqual(saved[0])
    expect(saved[0]!.steps).toBe(1000)
  })

  it.each([dot!, network!])('make no buffers once they are under way: $name', async (one) => {
    const model = await onGpu(one)
    const { device } = engineDevice()!
    const { name, rows, dimension } = model.tables[0]!
    const table = new Float32Array(rows * dimension)
    const use = async () => {
      train(model, 100)
      await Promise.all([model.readTable(name, table), model.takeTrainLoss(), model.predictRows(Uint32Array.of(1, 2))])
    }
    await use()
    const create = device.createBuffer
    let made = 0
    device.createBuffer = (descriptor) => {
      made++
      return create.call(device, descriptor)
    }
    try {
      for (let i = 0; i < 5; i++) await use()
      expect(made).toBe(0)
      device.createBuffer({ size: 4, usage: GPUBufferUsage.STORAGE }).destroy()
      expect(made).toBe(1)
    } finally {
      Reflect.deleteProperty(device, 'createBuffer')
    }
    model.dispose()
  })

  it.each([dot!, network!])('go on from checkpoints of TensorFlow.js, and it from theirs: $name', async (one) => {
    const batches = [0, 20, 40].map((from) => batchOfRows(one.encoded, from, 20))
    const cpu = await onCpu(one)
    for (const batch of batches) cpu.trainStep(batch)
    const half = await cpu.save()
    for (const batch of batches) cpu.trainStep(batch)
    const end = await cpu.save()

    const gpu = await onGpu(one)
    gpu.trainStep(batches[0]!)
    gpu.restore(half)
    expect(await gpu.save()).toEqual(half)
    for (const batch of batches) gpu.trainStep(batch)
    expectSameState(await gpu.save(), end)
    gpu.restore({ ...half, optimizer: {} })
    const fresh = await gpu.save()
    expect(fresh.steps).toBe(0)
    expect(Object.values(fresh.optimizer).every(({ values }) => values.every((value) => value === 0))).toBe(true)
    expect(() => gpu.restore({ ...half, weights: {} })).toThrow('saved weights')

    gpu.restore(half)
    const saved = await gpu.save()
    gpu.dispose()
    await startBackend('cpu', { wasmPaths: '' })
    const other = createModel(one.encoded, one.experiment)
    other.restore(saved)
    for (const batch of batches) other.trainStep(batch)
    expect(await other.save()).toEqual(end)
  })

  it('shows a table to TensorFlow.js without a copy, and runs what it has recorded first', async () => {
    const model = await onGpu(dot!)
    const { name, rows, dimension } = model.tables[0]!
    const table = new Float32Array(rows * dimension)
    await model.readTable(name, table)
    const before = table.slice()
    const view = model.tableTensor(name)
    // Recorded, not submitted: it must still see the table as it was when it was called.
    const copy = tidy(() => add(view, 0))
    train(model, 16)
    await model.finished()
    expect(await copy.data()).toEqual(before)
    const saved = await model.save()
    saved.weights[name]!.values.fill(7)
    const trained = tidy(() => add(view, 0))
    model.restore(saved)
    await model.readTable(name, table)
    expect(new Set(table)).toEqual(new Set([7]))
    expect(await trained.data()).not.toEqual(table)
    await model.readTable(name, table)
    expect(table).not.toEqual(before)
    expect(await readTensor(view)).toEqual(table)
    view.dispose()
    copy.dispose()
    trained.dispose()
    train(model, 8)
    await model.readTable(name, before)
    expect(before).not.toEqual(table)
    model.dispose()
  })

  it('are left to others where rows are clipped', async () => {
    await startBackend('webgpu', { wasmPaths: '' })
    const { encoded, experiment } = dot!
    const columns = experiment.columns.map((column) =>
      column.type === 'embedding' ? { ...column, maxNorm: 1 } : column,
    )
    expect(await createWebgpuTrainable(encoded, { ...experiment, columns })).toBeNull()
  })

  it('leave nothing on the device that refused them', async () => {
    await startBackend('webgpu', { wasmPaths: '' })
    const { device } = engineDevice()!
    const create = device.createBuffer
    let held = 0
    device.createBuffer = (descriptor) => {
      const buffer = create.call(device, descriptor)
      held++
      const destroy = buffer.destroy
      buffer.destroy = () => {
        held--
        return destroy.call(buffer)
      }
      return buffer
    }
    const limits = { maxStorageBufferBindingSize: 1000, maxBufferSize: 1000 }
    Object.defineProperty(device, 'limits', { value: limits, configurable: true })
    try {
      const refused = createWebgpuTrainable(dot!.encoded, dot!.experiment)
      await expect(refused).rejects.toThrow('Rows of the batches needs')
    } finally {
      Reflect.deleteProperty(device, 'limits')
      Reflect.deleteProperty(device, 'createBuffer')
    }
    expect(held).toBe(0)
  })

  it('say when the device refuses a command, which rejects nothing by itself', async () => {
    const model = await onGpu(dot!)
    const { device } = engineDevice()!
    train(model, 8)
    device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE })
    await expect.poll(() => model.queue!.ready().then(String, String)).toContain('refused a command')
    await expect(model.save()).rejects.toThrow('refused a command')
    expect(() => train(model, 8)).toThrow('refused a command')
    model.dispose()
    const next = await onGpu(dot!)
    train(next, 8)
    await next.finished()
    next.dispose()
  })

  it('refuse a table that the device cannot bind, with the number', async () => {
    await startBackend('webgpu', { wasmPaths: '' })
    const { device } = engineDevice()!
    const limit = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize)
    const buffers = createDeviceBuffers(device)
    const allocate = () => buffers.allocate('The table film_embedding', limit / 4 + 1, 'columns.0.dimension')
    expect(allocate).toThrow(ModelError)
    expect(allocate).toThrow(limit.toLocaleString('en'))
    expect(buffers.bytes).toBe(0)
  })
})
