import { getBackend } from '@tensorflow/tfjs-core'
import { expect } from 'vitest'

/** All elements within `absolute` + 1e-6 (on WebGPU, which divides and takes roots less exactly, 1e-5) of the expected value. For tests. */
export function expectClose(actual: Float32Array, expected: ArrayLike<number>, absolute = 1e-6): void {
  expect(actual.length).toBe(expected.length)
  const relative = getBackend() === 'webgpu' ? 1e-5 : 1e-6
  const off = actual.findIndex(
    (value, i) => !(Math.abs(value - expected[i]!) <= absolute + relative * Math.abs(expected[i]!)),
  )
  if (off >= 0) expect.fail(`element ${off} is ${actual[off]}, expected ${expected[off]}`)
}
