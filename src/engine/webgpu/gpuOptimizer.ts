import type { OptimizerSpec } from '../../experiment/experiment'
import { optimizerSlots } from '../../experiment/optimizerSlots'
import { adamRate } from '../../kernels/adamRows'
import type { ComputePass } from './computePass'
import { type Binding, bindingsOf, bindKernel, type GpuKernel, type KernelFactory } from './gpuKernel'
import type { GpuParameter } from './gpuParameter'
import adagradCode from './optimizers/adagrad.wgsl?raw'
import adamCode from './optimizers/adam.wgsl?raw'
import adamAllRowsCode from './optimizers/adamAllRows.wgsl?raw'
import adamEveryRowCode from './optimizers/adamEveryRow.wgsl?raw'
import ftrlCode from './optimizers/ftrl.wgsl?raw'
import momentumCode from './optimizers/momentum.wgsl?raw'
import rmspropCode from './optimizers/rmsprop.wgsl?raw'
import sgdCode from './optimizers/sgd.wgsl?raw'
import stepCode from './step.wgsl?raw'
import updateElementsCode from './updateElements.wgsl?raw'
import updateWholeRowsCode from './updateWholeRows.wgsl?raw'
import { vectorCode } from './vectorCode'

const codes: Record<OptimizerSpec['type'], readonly string[]> = {
  sgd: [sgdCode, updateElementsCode],
  momentum: [momentumCode, updateElementsCode],
  adagrad: [adagradCode, updateElementsCode],
  rowAdagrad: [updateWholeRowsCode],
  rmsprop: [rmspropCode, updateElementsCode],
  adam: [adamCode, updateElementsCode],
  adamAllRows: [adamAllRowsCode, updateElementsCode],
  ftrl: [ftrlCode, updateElementsCode],
}

/** First binding of the slots; the source of the gradient has those before it. */
const SLOT_BINDING = 7
const WORKGROUP = 64

/** What a gradient comes from: rowGradient or denseGradient. */
export interface GradientSource {
  code: string
  /** Of the bindings 1 to 6. */
  bindings: readonly Binding[]
  constants: Record<string, number>
  /** Rows may come in pieces. */
  cut: boolean
}

/** An optimizer's step on one parameter from one kind of gradient. */
export interface UpdateKernels {
  short: GpuKernel
  long: GpuKernel | null
  /** Of TensorFlow's Adam: before and after a step, on all rows. */
  every: { decay: GpuKernel; shift: GpuKernel } | null
}

export async function updateKernels(
  { kernel }: KernelFactory,
  type: OptimizerSpec['type'],
  source: GradientSource,
  parameter: GpuParameter,
): Promise<UpdateKernels> {
  const slots = optimizerSlots[type].map((_, i): Binding => ({ at: SLOT_BINDING + i, type: 'storage' }))
  const spec = {
    code: [stepCode, vectorCode(parameter.width).code, source.code, ...codes[type]],
    bindings: [...source.bindings, ...slots],
    constants: { ...source.constants, ...(wholeRows(type) ? { NUMBERS: parameter.dimension } : {}) },
  }
  const everySpec = {
    code: [stepCode, adamEveryRowCode],
    bindings: bindingsOf('write', 'write', 'write'),
    constants: { ELEMENTS: parameter.rows * parameter.width },
  }
  const [short, long] = await Promise.all([
    kernel({ ...spec, entryPoint: 'shortRows' }),
    source.cut ? kernel({ ...spec, entryPoint: 'longRows' }) : null,
  ])
  if (type !== 'adamAllRows') return { short, long, every: null }
  const [decay, shift] = await Promise.all([
    kernel({ ...everySpec, entryPoint: 'decay' }),
    kernel({ ...everySpec, entryPoint: 'shift' }),
  ])
  return { short, long, every: { decay, shift } }
}

/** Dispatches of the step on one parameter: `rows` that a gradient may have, and of them `longRows` that come in pieces. */
export interface Update {
  run(pass: ComputePass, rows: number, longRows: number): void
}

/** `source`: the buffers of the source, in the order of its bindings. */
export function bindUpdate(
  device: GPUDevice,
  kernels: UpdateKernels,
  type: OptimizerSpec['type'],
  uniforms: GPUBuffer,
  parameter: GpuParameter,
  source: readonly GPUBuffer[],
): Update {
  const { weights, slots, width } = parameter
  const slotBuffers = [...slots.values()].map(({ buffer }) => buffer)
  const bind = (kernel: GpuKernel, buffers: readonly GPUBuffer[]) => bindKernel(device, kernel, uniforms, buffers)
  const short = bind(kernels.short, [...source, ...slotBuffers])
  const long = kernels.long && bind(kernels.long, [...source, ...slotBuffers])
  const every = kernels.every && {
    decay: bind(kernels.every.decay, [weights, ...slotBuffers]),
    shift: bind(kernels.every.shift, [weights, ...slotBuffers]),
  }
  const vectors = width / vectorCode(width).lanes
  const dispatch = (pass: ComputePass, kernel: typeof short, rows: number) => {
    if (wholeRows(type)) pass.workgroups(kernel, Math.ceil(rows / Math.floor(WORKGROUP / Math.min(vectors, WORKGROUP))))
    else pass.threads(kernel, rows * vectors)
  }
  return {
    run(pass, rows, longRows) {
      if (every) pass.threads(every.decay, parameter.rows * width)
      dispatch(pass, short, rows)
      if (long) dispatch(pass, long, longRows)
      if (every) pass.threads(every.shift, parameter.rows * width)
    },
  }
}

/** Whether a step needs the gradient of a whole row at once. */
function wholeRows(type: OptimizerSpec['type']): boolean {
  return optimizerSlots[type].some(({ perRow }) => perRow)
}

/** What the kernels know as `rate`: with Adam's bias correction for step number `step`, counted from 1. */
export function rateAt(type: OptimizerSpec['type'], learningRate: number, step: number): number {
  return type === 'adam' || type === 'adamAllRows' ? adamRate(learningRate, step) : learningRate
}
