import type { OptimizerSpec } from '../../experiment/experiment'
import { type Combiner, combinerCodes } from '../../kernels/combiner'
import { NONE, WHOLE } from './batchLayout'
import type { ComputePass } from './computePass'
import { bindingsOf } from './gpuKernel'
import { bindUpdate, type UpdateKernels, updateKernels } from './gpuOptimizer'
import type { GpuParameter } from './gpuParameter'
import type { ModelContext } from './modelContext'
import rowGradientCode from './rowGradient.wgsl?raw'
import { vectorCode } from './vectorCode'
import type { Workspace } from './workspace'

/** A table that is looked up by a categorical column, and is trained on the rows looked up. */
export interface RowUpdate {
  parameter: GpuParameter
  column: number
  combiner: Combiner
  kernels: UpdateKernels
}

/** `column`: position in `EncodedData.categorical`. */
export async function createRowUpdate(
  { factory, encoded, experiment, pieces }: ModelContext,
  parameter: GpuParameter,
  column: number,
  combiner: Combiner,
): Promise<RowUpdate> {
  const bags = encoded.categorical[column]!.offsets !== null
  const cut = pieces[column]! < WHOLE
  const source = {
    code: rowGradientCode,
    bindings: bindingsOf('uniform', 'write', 'read', 'read', 'read', 'write'),
    constants: { DIM: parameter.width / vectorCode(parameter.width).lanes, BAGS: Number(bags), CUT: Number(cut) },
    cut,
  }
  return {
    parameter,
    column,
    combiner,
    kernels: await updateKernels(factory, experiment.optimizer, source, parameter),
  }
}

/** Where the gradient of a bag's vector is: float `at` + bag · `stride` + d of the buffer, both multiples of the table's lanes. */
export interface VectorGradient {
  buffer: GPUBuffer
  at: number
  stride: number
}

/** `size` examples: no batch of them touches more rows than it has lookups. */
export type BoundRowUpdate = (pass: ComputePass, size: number) => void

export function bindRowUpdate(
  device: GPUDevice,
  optimizer: OptimizerSpec,
  { parameter, column, combiner, kernels }: RowUpdate,
  workspace: Workspace,
  dOut: VectorGradient,
): BoundRowUpdate {
  const { layout, buffers, index, batches, uniforms } = workspace
  const place = layout.columns[column]!
  const { lanes } = vectorCode(parameter.width)
  const numbers = [
    place.index,
    layout.indexStride,
    place.lookups,
    place.piece,
    dOut.at / lanes,
    dOut.stride / lanes,
    place.offsets,
    layout.batchStride,
    combinerCodes[combiner],
  ]
  const cut = place.piece < WHOLE
  const partial = buffers.allocate('Sums of long rows', cut ? place.lookups * parameter.width : lanes, 'batchSize')
  const source = [buffers.uniform(numbers), parameter.weights, index, dOut.buffer, batches, partial]
  const update = bindUpdate(device, kernels, optimizer, uniforms, parameter, source)
  return (pass, size) => {
    const lookups = place.offsets === NONE ? size : place.lookups
    // Every piece has a lookup.
    update.run(pass, lookups, longRows(lookups, place.piece))
  }
}

/** Multiples of `piece` that lie inside so many lookups. */
function longRows(lookups: number, piece: number): number {
  return lookups === 0 ? 0 : Math.floor((lookups - 1) / piece)
}
