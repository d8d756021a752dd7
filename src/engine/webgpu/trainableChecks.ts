import { expect } from 'vitest'
import { useBackend as startBackend } from '../../model/backends'
import { createModel } from '../../model/createModel'
import type { ModelCase } from '../../model/modelCases'
import type { Checkpoint, Trainable } from '../../model/trainable'
import { createWebgpuTrainable, type WebgpuTrainable } from './createWebgpuTrainable'

/** For tests: the fused model on the device. */
export async function onGpu({
  encoded,
  experiment,
}: Pick<ModelCase, 'encoded' | 'experiment'>): Promise<WebgpuTrainable> {
  await startBackend('webgpu', { wasmPaths: '' })
  const model = await createWebgpuTrainable(encoded, experiment)
  expect(model).not.toBeNull()
  return model!
}

/** For tests: TensorFlow.js with the sparse kernels on the CPU, whose answers are to be equalled. */
export async function onCpu({ encoded, experiment }: Pick<ModelCase, 'encoded' | 'experiment'>): Promise<Trainable> {
  await startBackend('cpu', { wasmPaths: '' })
  return createModel(encoded, experiment)
}

/** 1e-6 absolute and 1e-5 relative: what f32 on a device may be off after a few steps. */
export function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length, what).toBe(expected.length)
  // One assertion for all: a table may have a million numbers.
  let worst = 0
  const excess = (i: number) => {
    const off = Math.abs(actual[i]! - expected[i]!) - (1e-6 + 1e-5 * Math.abs(expected[i]!))
    return Number.isNaN(off) ? Number.POSITIVE_INFINITY : off
  }
  for (let i = 0; i < expected.length; i++) if (excess(i) > excess(worst)) worst = i
  if (expected.length === 0) return
  expect(excess(worst), `${what}[${worst}]: ${actual[worst]}, expected ${expected[worst]}`).toBeLessThanOrEqual(0)
}

export function expectSameState(actual: Checkpoint, expected: Checkpoint): void {
  expect(actual.steps).toBe(expected.steps)
  for (const part of ['weights', 'optimizer'] as const) {
    expect(Object.keys(actual[part]).sort()).toEqual(Object.keys(expected[part]).sort())
    for (const [name, { shape, values }] of Object.entries(expected[part])) {
      expect(actual[part][name]!.shape, name).toEqual(shape)
      expectNear(actual[part][name]!.values, values, name)
    }
  }
}
