import type { ComputePass } from './computePass'
import drawCode from './draw.wgsl?raw'
import { bindingsOf, bindKernel, type GpuKernel, type KernelFactory } from './gpuKernel'
import sumLossesCode from './sumLosses.wgsl?raw'
import type { Workspace } from './workspace'

export interface LossKernels {
  perStep: GpuKernel
  overSteps: GpuKernel
}

export async function lossKernels({ kernel }: KernelFactory): Promise<LossKernels> {
  const spec = { code: [drawCode, sumLossesCode], bindings: bindingsOf('uniform', 'read', 'write', 'write') }
  const [perStep, overSteps] = await Promise.all([
    kernel({ ...spec, entryPoint: 'perStep' }),
    kernel({ ...spec, entryPoint: 'overSteps' }),
  ])
  return { perStep, overSteps }
}

/** Losses of the examples of a submit, and what adds them to `total` [1] once its steps are done. */
export function createLossSum(
  device: GPUDevice,
  kernels: LossKernels,
  { layout, steps, buffers, uniforms }: Workspace,
  total: GPUBuffer,
): { losses: GPUBuffer; add(pass: ComputePass, steps: number): void } {
  const losses = buffers.allocate('Losses of the batches', steps * layout.capacity, 'batchSize')
  const sums = buffers.allocate('Losses of the steps', steps, 'batchSize')
  const bound = [buffers.uniform([layout.capacity]), losses, sums, total]
  const perStep = bindKernel(device, kernels.perStep, uniforms, bound)
  const overSteps = bindKernel(device, kernels.overSteps, uniforms, bound)
  return {
    losses,
    add(pass, count) {
      pass.grid(perStep, count, 1)
      pass.grid(overSteps, 1, 1)
    },
  }
}
