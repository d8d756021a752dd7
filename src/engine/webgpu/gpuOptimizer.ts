import type { OptimizerSpec } from '../../experiment/experiment'
import { flavorOf, type OptimizerFlavor, optimizerRule } from '../../experiment/optimizerRules'
import { adamRate } from '../../kernels/adamRate'
import type { ComputePass } from './computePass'
import everyRowCode from './everyRow.wgsl?raw'
import { type Binding, bindingsOf, bindKernel, type GpuKernel, type KernelFactory } from './gpuKernel'
import type { GpuParameter } from './gpuParameter'
import adagradCode from './optimizers/adagrad.wgsl?raw'
import adamCode from './optimizers/adam.wgsl?raw'
import adamAllRowsCode from './optimizers/adamAllRows.wgsl?raw'
import adamEveryRowCode from './optimizers/adamEveryRow.wgsl?raw'
import ftrlCode from './optimizers/ftrl.wgsl?raw'
import ftrlEveryRowCode from './optimizers/ftrlEveryRow.wgsl?raw'
import kerasMomentumCode from './optimizers/kerasMomentum.wgsl?raw'
import kerasMomentumEveryRowCode from './optimizers/kerasMomentumEveryRow.wgsl?raw'
import momentumCode from './optimizers/momentum.wgsl?raw'
import rmspropCode from './optimizers/rmsprop.wgsl?raw'
import sgdCode from './optimizers/sgd.wgsl?raw'
import velocityCode from './optimizers/velocity.wgsl?raw'
import velocityEveryRowCode from './optimizers/velocityEveryRow.wgsl?raw'
import stepCode from './step.wgsl?raw'
import updateElementsCode from './updateElements.wgsl?raw'
import updateWholeRowsCode from './updateWholeRows.wgsl?raw'
import { vectorCode } from './vectorCode'

interface OptimizerCode {
  /** Of the step on rows that have a gradient. */
  step: readonly string[]
  /** Of what every row does before (`decay`) and after (`shift`) it. */
  every?: { code: string; halves: readonly ('decay' | 'shift')[] }
  /** Which of the two divides by something that epsilon keeps from 0. A constant that no code declares is refused. */
  epsilonIn?: 'step' | 'every'
}

const tf1: Record<OptimizerSpec['type'], OptimizerCode> = {
  sgd: { step: [sgdCode, updateElementsCode] },
  momentum: { step: [momentumCode, updateElementsCode] },
  adagrad: { step: [adagradCode, updateElementsCode], epsilonIn: 'step' },
  rowAdagrad: { step: [updateWholeRowsCode] },
  rmsprop: { step: [rmspropCode, updateElementsCode], epsilonIn: 'step' },
  adam: { step: [adamCode, updateElementsCode], epsilonIn: 'step' },
  adamAllRows: {
    step: [adamAllRowsCode, updateElementsCode],
    every: { code: adamEveryRowCode, halves: ['decay', 'shift'] },
    epsilonIn: 'every',
  },
  ftrl: { step: [ftrlCode, updateElementsCode] },
}

const codes: Record<OptimizerFlavor, typeof tf1> = {
  tf1,
  keras: {
    ...tf1,
    momentum: {
      step: [kerasMomentumCode, updateElementsCode],
      every: { code: kerasMomentumEveryRowCode, halves: ['decay', 'shift'] },
    },
    rmsprop: {
      step: [velocityCode, updateElementsCode],
      every: { code: velocityEveryRowCode, halves: ['decay'] },
      epsilonIn: 'step',
    },
    ftrl: { ...tf1.ftrl, every: { code: ftrlEveryRowCode, halves: ['shift'] } },
  },
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
  /** Before and after a step, on all rows. */
  decay: GpuKernel | null
  shift: GpuKernel | null
}

export async function updateKernels(
  { kernel }: KernelFactory,
  optimizer: OptimizerSpec,
  source: GradientSource,
  parameter: GpuParameter,
): Promise<UpdateKernels> {
  const { slots, epsilon } = optimizerRule(optimizer)
  const { step, every, epsilonIn } = codes[flavorOf(optimizer)][optimizer.type]
  const epsilonOf = (part: 'step' | 'every') => (part === epsilonIn ? { EPSILON: epsilon } : {})
  const spec = {
    code: [stepCode, vectorCode(parameter.width).code, source.code, ...step],
    bindings: [...source.bindings, ...slots.map((_, i): Binding => ({ at: SLOT_BINDING + i, type: 'storage' }))],
    constants: {
      ...source.constants,
      ...epsilonOf('step'),
      ...(wholeRows(optimizer) ? { NUMBERS: parameter.dimension } : {}),
    },
  }
  const half = (entryPoint: 'decay' | 'shift') =>
    every?.halves.includes(entryPoint)
      ? kernel({
          code: [stepCode, everyRowCode, every.code],
          entryPoint,
          bindings: bindingsOf('write', ...slots.map(() => 'write' as const)),
          constants: { ELEMENTS: parameter.rows * parameter.width, ...epsilonOf('every') },
        })
      : null
  const [short, long, decay, shift] = await Promise.all([
    kernel({ ...spec, entryPoint: 'shortRows' }),
    source.cut ? kernel({ ...spec, entryPoint: 'longRows' }) : null,
    half('decay'),
    half('shift'),
  ])
  return { short, long, decay, shift }
}

/** Dispatches of the step on one parameter: `rows` that a gradient may have, and of them `longRows` that come in pieces. */
export interface Update {
  run(pass: ComputePass, rows: number, longRows: number): void
}

/** `source`: the buffers of the source, in the order of its bindings. */
export function bindUpdate(
  device: GPUDevice,
  kernels: UpdateKernels,
  optimizer: OptimizerSpec,
  uniforms: GPUBuffer,
  parameter: GpuParameter,
  source: readonly GPUBuffer[],
): Update {
  const { weights, slots, width } = parameter
  const slotBuffers = [...slots.values()].map(({ buffer }) => buffer)
  const bind = (kernel: GpuKernel, buffers: readonly GPUBuffer[]) => bindKernel(device, kernel, uniforms, buffers)
  const short = bind(kernels.short, [...source, ...slotBuffers])
  const long = kernels.long && bind(kernels.long, [...source, ...slotBuffers])
  const decay = kernels.decay && bind(kernels.decay, [weights, ...slotBuffers])
  const shift = kernels.shift && bind(kernels.shift, [weights, ...slotBuffers])
  const vectors = width / vectorCode(width).lanes
  const dispatch = (pass: ComputePass, kernel: typeof short, rows: number) => {
    if (wholeRows(optimizer))
      pass.workgroups(kernel, Math.ceil(rows / Math.floor(WORKGROUP / Math.min(vectors, WORKGROUP))))
    else pass.threads(kernel, rows * vectors)
  }
  return {
    run(pass, rows, longRows) {
      if (decay) pass.threads(decay, parameter.rows * width)
      dispatch(pass, short, rows)
      if (long) dispatch(pass, long, longRows)
      if (shift) pass.threads(shift, parameter.rows * width)
    },
  }
}

/** Whether a step needs the gradient of a whole row at once. */
function wholeRows(optimizer: OptimizerSpec): boolean {
  return optimizerRule(optimizer).slots.some(({ perRow }) => perRow)
}

/** What the kernels know as `rate`: with Adam's bias correction for step number `step`, counted from 1. */
export function rateAt(type: OptimizerSpec['type'], learningRate: number, step: number): number {
  return type === 'adam' || type === 'adamAllRows' ? adamRate(learningRate, step) : learningRate
}
