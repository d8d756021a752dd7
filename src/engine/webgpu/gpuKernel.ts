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
  /** Compiles once for the same specification. Rejects with the compiler's message; other faults are validation errors of the device. */
  kernel(spec: KernelSpec): Promise<GpuKernel>
}

const factories = new WeakMap<GPUDevice, KernelFactory>()

/** The device's own: a model that is built again finds its kernels compiled. */
export function kernelFactory(device: GPUDevice): KernelFactory {
  const known = factories.get(device) ?? createKernelFactory(device)
  factories.set(device, known)
  return known
}

function createKernelFactory(device: GPUDevice): KernelFactory {
  const kernels = new Map<string, Promise<GpuKernel>>()
  // The compiler is asked once a module: asked again later, Chromium 156 was seen not to answer.
  const modules = new Map<string, Promise<GPUShaderModule>>()
  function moduleOf(code: string): Promise<GPUShaderModule> {
    const module = modules.get(code) ?? checkedModule(device, code)
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
    const module = await moduleOf(code.join('\n'))
    // Not createComputePipelineAsync: browsers compile for it at the lowest priority, and on a busy machine it took a minute and more.
    const pipeline = device.createComputePipeline({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint, constants },
    })
    return { pipeline, layout, bindings }
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

/** Rejects with the compiler's messages. */
async function checkedModule(device: GPUDevice, code: string): Promise<GPUShaderModule> {
  const module = device.createShaderModule({ code })
  const { messages } = await module.getCompilationInfo()
  const faults = messages.filter(({ type }) => type === 'error')
  if (faults.length === 0) return module
  throw new Error(faults.map(({ lineNum, message }) => `WGSL, line ${lineNum}: ${message}`).join('\n'))
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
