import type { BoundKernel } from './gpuKernel'

/** Threads of a workgroup of the kernels that have one thread an element. */
const WORKGROUP = 64
/** Workgroups in one dimension that every device allows. */
const MAX_GROUPS = 65_535

/** Dispatches of one submit, in order; each sees what those before it wrote. */
export interface ComputePass {
  /** Byte offset of the uniform that the following dispatches are told. */
  uniformAt(offset: number): void
  /** One thread an element. */
  threads(kernel: BoundKernel, count: number): void
  /** So many workgroups, which the kernel numbers by `group.y · groups.x + group.x`; there may be a few more. */
  workgroups(kernel: BoundKernel, count: number): void
  grid(kernel: BoundKernel, x: number, y: number): void
}

export function createComputePass(pass: GPUComputePassEncoder): ComputePass {
  let offset = 0
  function grid({ kernel, group }: BoundKernel, x: number, y: number): void {
    if (x === 0 || y === 0) return
    pass.setPipeline(kernel.pipeline)
    pass.setBindGroup(0, group, [offset])
    pass.dispatchWorkgroups(x, y)
  }
  function workgroups(kernel: BoundKernel, count: number): void {
    const x = Math.min(count, MAX_GROUPS)
    grid(kernel, x, Math.ceil(count / Math.max(x, 1)))
  }
  return {
    uniformAt(next) {
      offset = next
    },
    threads: (kernel, count) => workgroups(kernel, Math.ceil(count / WORKGROUP)),
    workgroups,
    grid,
  }
}
