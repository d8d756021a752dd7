/** A compute pipeline. Binding 0 is the uniform of the step, by dynamic offset. */
export interface GpuKernel {
  readonly pipeline: GPUComputePipeline
  readonly layout: GPUBindGroupLayout
  readonly bindings: readonly Binding[]
}

/** What stands at a binding from 1 on: a uniform of its own, or storage. */
export interface Binding {
  at: number
  type: GPUBufferBindingType
}

export interface KernelSpec {
  /** WGSL, in parts that follow each other. */
  code: readonly string[]
  entryPoint: string
  bindings: readonly Binding[]
  /** Values of its `override`s. */
  constants?: Record<string, number>
}

/** A kernel with its buffers. */
export interface BoundKernel {
  readonly kernel: GpuKernel
  readonly group: GPUBindGroup
}

/** Bytes of a slot in the uniform buffer: the largest alignment that a device may ask of dynamic offsets. */
export const UNIFORM_SLOT = 256

export interface KernelFactory {
  /** Compiles once for the same specification. Rejects with the compiler's message. */
  kernel(spec: KernelSpec): Promise<GpuKernel>
}

export function createKernelFactory(device: GPUDevice): KernelFactory {
  const kernels = new Map<string, Promise<GpuKernel>>()
  const modules = new Map<string, GPUShaderModule>()
  function moduleOf(code: string): GPUShaderModule {
    const module = modules.get(code) ?? device.createShaderModule({ code })
    modules.set(code, module)
    return module
  }
  async function compile({ code, entryPoint, bindings, constants = {} }: KernelSpec): Promise<GpuKernel> {
    const layout = device.createBindGroupLayout({
      entries: [
        {
          binding: 0,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: 'uniform' as const, hasDynamicOffset: true, minBindingSize: UNIFORM_SLOT },
        },
        ...bindings.map(({ at, type }) => ({ binding: at, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
      ],
    })
    const module = moduleOf(code.join('\n'))
    try {
      const pipeline = await device.createComputePipelineAsync({
        layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module, entryPoint, constants },
      })
      return { pipeline, layout, bindings }
    } catch (error) {
      const { messages } = await module.getCompilationInfo()
      const reasons = messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`)
      throw new Error(
        [`Kernel ${entryPoint}: ${error instanceof Error ? error.message : error}`, ...reasons].join('\n'),
      )
    }
  }
  return {
    kernel(spec) {
      const key = JSON.stringify(spec)
      const known = kernels.get(key) ?? compile(spec)
      kernels.set(key, known)
      return known
    },
  }
}

/** Bindings in a row from 1 on: `uniform` a layout, `read` and `write` storage. */
export function bindingsOf(...types: ('uniform' | 'read' | 'write')[]): Binding[] {
  const names = { uniform: 'uniform', read: 'read-only-storage', write: 'storage' } as const
  return types.map((type, i) => ({ at: i + 1, type: names[type] }))
}

/** `buffers` in the order of the kernel's bindings; `uniforms` holds the slots of the steps. */
export function bindKernel(
  device: GPUDevice,
  kernel: GpuKernel,
  uniforms: GPUBuffer,
  buffers: readonly GPUBuffer[],
): BoundKernel {
  if (buffers.length !== kernel.bindings.length) {
    throw new RangeError(`The kernel has ${kernel.bindings.length} bindings, and ${buffers.length} buffers came.`)
  }
  const group = device.createBindGroup({
    layout: kernel.layout,
    entries: [
      { binding: 0, resource: { buffer: uniforms, size: UNIFORM_SLOT } },
      ...kernel.bindings.map(({ at }, i) => ({ binding: at, resource: { buffer: buffers[i]! } })),
    ],
  })
  return { kernel, group }
}
