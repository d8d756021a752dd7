import type { OptimizerSpec } from '../../experiment/experiment'
import { optimizerRule } from '../../experiment/optimizerRules'
import type { ComputePass } from './computePass'
import { bindingsOf, bindKernel, type GpuKernel } from './gpuKernel'
import { bindUpdate, type UpdateKernels, updateKernels } from './gpuOptimizer'
import { createGpuParameter, type GpuParameter } from './gpuParameter'
import type { ModelContext } from './modelContext'
import backwardCode from './network/denseBackward.wgsl?raw'
import forwardCode from './network/denseForward.wgsl?raw'
import gradientCode from './network/denseGradient.wgsl?raw'
import kernelGradientCode from './network/kernelGradient.wgsl?raw'
import stepCode from './step.wgsl?raw'
import { vectorCode } from './vectorCode'
import type { Workspace } from './workspace'

/** Numbers of the activations in WGSL; those of the head and of the columns have none. */
export const activationCodes = { none: 0, relu: 1, tanh: 2 } as const

export interface DenseSpec {
  name: string
  /** Inputs without the 1 of the bias, and what they are activated with. */
  inputs: number
  inputActivation: number
  units: number
  activation: number
  /** Sums of indicator rows are added before the activation. */
  adds: boolean
  /** [inputs × units] */
  kernel: Float32Array
}

/**
 * A layer whose bias is the last row of its kernel: every input row ends with a 1, then zeros up to a multiple of 4, and so
 * do the kernel's rows, so that everything is read in vectors of 4.
 */
export interface DenseLayer {
  spec: DenseSpec
  /** [inputWidth × width]: rows of the inputs, the bias, padding. */
  parameter: GpuParameter
  inputWidth: number
  outWidth: number
  kernels: { forward: GpuKernel; backward: GpuKernel; kernelGradient: GpuKernel; update: UpdateKernels }
  /** Examples whose products one thread adds. */
  chunk: number
}

export function paddedTo4(length: number): number {
  return 4 * Math.ceil(length / 4)
}

/** Examples of a chunk at least, and floats that the parts of a gradient may take. */
const CHUNK = 64
const MAX_PARTS = 2 ** 22

export async function createDenseLayer(
  { device, factory, buffers, experiment }: ModelContext,
  spec: DenseSpec,
): Promise<DenseLayer> {
  const { inputs, units, activation } = spec
  const { batchSize, optimizer } = experiment
  const inputWidth = paddedTo4(inputs + 1)
  const width = paddedTo4(units)
  const outWidth = activation === activationCodes.none ? width : paddedTo4(units + 1)
  const values = new Float32Array(inputWidth * units)
  values.set(spec.kernel)
  const parameter = createGpuParameter(device, buffers, optimizerRule(optimizer).slots, {
    name: `${spec.name}/kernel`,
    field: 'model.hiddenUnits',
    values,
    dimension: units,
    width,
    trainable: true,
  })
  const chunks = Math.max(1, Math.floor(MAX_PARTS / (inputWidth * width)))
  const chunk = Math.max(CHUNK, Math.ceil(batchSize / chunks))
  const sizes = { INPUTS: inputWidth / 4, KERNEL: width / 4, OUT: outWidth / 4 }
  const [forward, backward, kernelGradient, update] = await Promise.all([
    factory.kernel({
      code: [stepCode, forwardCode],
      entryPoint: 'main',
      bindings: bindingsOf('read', 'read', 'write'),
      constants: { ...sizes, UNITS: units, ADDS: Number(spec.adds), ACTIVATION: activation },
    }),
    factory.kernel({
      code: [stepCode, backwardCode],
      entryPoint: 'main',
      bindings: bindingsOf('read', 'read', 'read', 'write'),
      constants: { ...sizes, REAL: inputs, ACTIVATION: spec.inputActivation },
    }),
    factory.kernel({
      code: [stepCode, kernelGradientCode],
      entryPoint: 'main',
      bindings: bindingsOf('read', 'read', 'write'),
      constants: { ...sizes, CHUNK: chunk },
    }),
    updateKernels(factory, optimizer, gradientSource(parameter, inputs, chunk), parameter),
  ])
  return { spec, parameter, inputWidth, outWidth, chunk, kernels: { forward, backward, kernelGradient, update } }
}

function gradientSource({ rows, width }: GpuParameter, inputs: number, chunk: number) {
  const DIM = width / vectorCode(width).lanes
  return {
    code: gradientCode,
    bindings: bindingsOf('write', 'read'),
    constants: { DIM, ROWS: rows, REAL: inputs, CHUNK: chunk },
    cut: false,
  }
}

/** Room for the rows of a batch, which are computed four at a time. */
export function rowsBuffer({ buffers, layout }: Workspace, width: number): GPUBuffer {
  return buffers.allocate('A layer of a batch', paddedTo4(layout.capacity) * width, 'batchSize')
}

export type LayerPass = (pass: ComputePass, size: number) => void

/** `inputs` [B, inputWidth] → `out` [B, outWidth]. */
export function bindForward(
  device: GPUDevice,
  { parameter, outWidth, kernels }: DenseLayer,
  { uniforms }: Workspace,
  inputs: GPUBuffer,
  out: GPUBuffer,
): LayerPass {
  const forward = bindKernel(device, kernels.forward, uniforms, [inputs, parameter.weights, out])
  return (pass, size) => pass.threads(forward, (Math.ceil(size / 4) * outWidth) / 4)
}

/** `dInputs` [B, inputWidth], null where nobody asks for them; then one optimizer step on the kernel. */
export function bindBackward(
  device: GPUDevice,
  optimizer: OptimizerSpec,
  { parameter, inputWidth, kernels, chunk }: DenseLayer,
  { uniforms, buffers, layout }: Workspace,
  inputs: GPUBuffer,
  dOut: GPUBuffer,
  dInputs: GPUBuffer | null,
): LayerPass {
  const { weights, rows, width } = parameter
  const parts = buffers.allocate('Gradients of a layer', Math.ceil(layout.capacity / chunk) * rows * width, 'batchSize')
  const bind = (kernel: GpuKernel, ...used: GPUBuffer[]) => bindKernel(device, kernel, uniforms, used)
  const backward = dInputs && bind(kernels.backward, dOut, weights, inputs, dInputs)
  const gradient = bind(kernels.kernelGradient, inputs, dOut, parts)
  const update = bindUpdate(device, kernels.update, optimizer, uniforms, parameter, [weights, parts])
  return (pass, size) => {
    if (backward) pass.threads(backward, (Math.ceil(size / 4) * inputWidth) / 4)
    pass.threads(gradient, (Math.ceil(size / chunk) * rows * width) / 16)
    update.run(pass, rows, 0)
  }
}
