import { describe, expect, it } from 'vitest'
import { createSnapshotBuffers } from './snapshotBuffers'

describe('createSnapshotBuffers', () => {
  it('has two, and takes back only those that are away and of its size', () => {
    const buffers = createSnapshotBuffers(4)
    const [first, second] = [buffers.take(), buffers.take()]
    expect(first && second).toHaveLength(4)
    expect(buffers.take()).toBeNull()
    buffers.giveBack(new Float32Array(6))
    expect(buffers.take()).toBeNull()
    buffers.giveBack(first!)
    expect(buffers.take()).toBe(first)
    buffers.giveBack(first!)
    buffers.giveBack(second!)
    buffers.giveBack(new Float32Array(4))
    expect([buffers.take(), buffers.take(), buffers.take()]).toEqual([second, first, null])
  })
})
