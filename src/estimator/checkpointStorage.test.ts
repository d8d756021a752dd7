import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CheckpointStorage, memoryStorage } from './checkpointStorage'
import { createCheckpoints } from './checkpoints'
import { diskStorage } from './diskStorage'
import { decodeArrays, encodeArrays, type SavedArray } from './savedArrays'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe.each([
  ['memory', (): CheckpointStorage => memoryStorage()],
  ['disk', (): CheckpointStorage => diskStorage(folder)],
])('storage in %s', (_, make) => {
  it('keeps, replaces, lists and forgets blobs', async () => {
    const storage = make()
    expect(await storage.load('a/b')).toBeNull()
    await storage.save('a/b', Uint8Array.of(1, 2))
    await storage.save('a/b', Uint8Array.of(3))
    await storage.save('a/c/d', new Uint8Array())
    expect(await storage.load('a/b')).toEqual(Uint8Array.of(3))
    expect((await storage.list('a/')).sort()).toEqual(['a/b', 'a/c/d'])
    await storage.delete('a/b')
    await storage.delete('a/b')
    expect(await storage.list('')).toEqual(['a/c/d'])
  })

  it('keeps the newest checkpoints, by their step', async () => {
    const checkpoints = createCheckpoints(make(), 'm')
    for (const step of [8, 9, 10, 100]) await checkpoints.save(step, { arrays: new Map(), metadata: {} }, 2)
    expect(await checkpoints.list()).toEqual(['m/model.ckpt-10', 'm/model.ckpt-100'])
    expect((await checkpoints.load('m/model.ckpt-10')).globalStep).toBe(10)
    await expect(checkpoints.load('m/model.ckpt-9')).rejects.toThrow('no checkpoint m/model.ckpt-9')
  })
})

describe('diskStorage', () => {
  it('does not lead out of its folder', async () => {
    await expect(diskStorage(folder).save('../out', new Uint8Array())).rejects.toThrow('leads out')
  })
})

describe('the arrays of a checkpoint', () => {
  const arrays = new Map<string, SavedArray>([
    ['table', { dtype: 'float32', shape: [2, 2], values: Float32Array.of(1, -0, Number.NaN, 1e-40) }],
    ['count', { dtype: 'int32', shape: [], values: Int32Array.of(-7) }],
  ])

  it('come back to the bit, from wherever the bytes lie', () => {
    const bytes = encodeArrays({ arrays, metadata: { global_step: '3' } })
    const shifted = new Uint8Array(bytes.length + 1)
    shifted.set(bytes, 1)
    for (const view of [bytes, shifted.subarray(1)]) {
      expect(decodeArrays(view)).toEqual({ arrays, metadata: { global_step: '3' } })
    }
  })

  it('are refused when they are cut off', () => {
    const bytes = encodeArrays({ arrays, metadata: {} })
    expect(() => decodeArrays(bytes.subarray(0, bytes.length - 1))).toThrow('is cut off')
    expect(() => decodeArrays(bytes.subarray(0, 5))).toThrow('damaged')
  })
})
