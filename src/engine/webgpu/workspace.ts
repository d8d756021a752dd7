import type { EncodedData } from '../../columns/sparseBatch'
import { type BatchLayout, batchLayout, lookupBounds, NONE } from './batchLayout'
import type { ComputePass } from './computePass'
import type { DeviceBuffers } from './deviceBuffers'
import { type DeviceData, labelWidth } from './deviceData'
import drawCode from './draw.wgsl?raw'
import drawRowsCode from './drawRows.wgsl?raw'
import gatherBagsCode from './gatherBags.wgsl?raw'
import gatherValuesCode from './gatherValues.wgsl?raw'
import { type BoundKernel, bindingsOf, bindKernel, type GpuKernel, type KernelFactory } from './gpuKernel'
import sortLookupsCode from './sortLookups.wgsl?raw'

/** Room for the batches of a submit, and the dispatches that fill it from the data on the device. */
export interface Workspace {
  layout: BatchLayout
  /** Regions. */
  steps: number
  /** Slot 0 for what prepares all batches, 1 + s for step s. */
  uniforms: GPUBuffer
  rows: GPUBuffer
  batches: GPUBuffer
  index: GPUBuffer
  /** For buffers of the networks, which go with the workspace. */
  buffers: DeviceBuffers
  /** rows of `steps` batches, by the permutation. */
  drawRows(pass: ComputePass, steps: number): void
  /** ids, numbers and labels of the rows. */
  gather(pass: ComputePass, steps: number): void
  /** The row index, where there is room for it. */
  sort(pass: ComputePass, steps: number): void
  destroy(): void
}

export interface WorkspaceSize {
  capacity: number
  steps: number
  lookups: readonly number[]
  /** Of each column, see `pieceSizes`. */
  pieces: readonly number[]
  /** Whether there is room for the row index: for training, not for predictions. */
  sorts: boolean
}

/** Memory that the batches of a submit may take, and the most steps of one. */
const BATCH_BYTES = 2 ** 26
const MAX_STEPS = 64

/** For training, with as many regions as are worth it. `lookups`: room for each column. */
export function workspaceSize(
  encoded: EncodedData,
  capacity: number,
  pieces: readonly number[],
  lookups = lookupBounds(encoded, capacity),
): WorkspaceSize {
  const { batchStride, indexStride, sortStride } = batchLayout(encoded, capacity, lookups, pieces)
  const bytes = 4 * (batchStride + indexStride + sortStride + 2 * capacity)
  const steps = Math.max(1, Math.min(MAX_STEPS, Math.floor(BATCH_BYTES / bytes)))
  return { capacity, lookups, pieces, steps, sorts: true }
}

export interface WorkspaceKernels {
  drawRows: GpuKernel
  gatherValues: GpuKernel
  gatherBags: GpuKernel
  sortLookups: GpuKernel
  /** Where id and bag need more than 32 bits. */
  sortWide: GpuKernel
}

/** `software`: the device is an adapter in software. */
export async function workspaceKernels({ kernel }: KernelFactory, software: boolean): Promise<WorkspaceKernels> {
  const spec = (code: string, ...types: Parameters<typeof bindingsOf>) =>
    kernel({ code: [drawCode, code], entryPoint: 'main', bindings: bindingsOf(...types) })
  const sort = {
    code: [drawCode, sortLookupsCode],
    entryPoint: 'main',
    bindings: bindingsOf('uniform', 'read', 'read', 'write', 'write'),
  }
  const [drawRows, gatherValues, gatherBags, sortLookups, sortWide] = await Promise.all([
    spec(drawRowsCode, 'read', 'write'),
    spec(gatherValuesCode, 'uniform', 'read', 'read', 'write'),
    spec(gatherBagsCode, 'uniform', 'read', 'read', 'read', 'write'),
    ...[0, 1].map((WIDE) => kernel({ ...sort, constants: { WIDE, THREADS: software ? 8 : 32 } })),
  ])
  return { drawRows, gatherValues, gatherBags, sortLookups: sortLookups!, sortWide: sortWide! }
}

/** `buffers`: its own. */
export function createWorkspace(
  device: GPUDevice,
  buffers: DeviceBuffers,
  kernels: WorkspaceKernels,
  encoded: EncodedData,
  data: DeviceData,
  { capacity, steps, lookups, pieces, sorts }: WorkspaceSize,
): Workspace {
  const layout = batchLayout(encoded, capacity, lookups, pieces)
  const allocate = (name: string, length: number) => buffers.allocate(name, length, 'batchSize')
  const uniforms = buffers.slots(1 + steps)
  const rows = allocate('Rows of the batches', steps * capacity)
  const batches = allocate('The batches', steps * layout.batchStride)
  const index = allocate('The row index of the batches', sorts ? steps * layout.indexStride : 0)
  const sortRoom = allocate('Sorting the batches', sorts ? steps * layout.sortStride : 0)
  const { columns, batchStride, indexStride, sortStride } = layout

  const bind = (kernel: GpuKernel, ...used: GPUBuffer[]) => bindKernel(device, kernel, uniforms, used)
  const drawing = bind(kernels.drawRows, data.trainRows, rows)
  const values = (source: GPUBuffer, at: number, width: number, stride = width): BoundKernel =>
    bind(kernels.gatherValues, buffers.uniform([width, stride, at, batchStride]), rows, source, batches)
  const bags = columns.flatMap(({ ids, offsets }, c) => {
    const { starts, ids: source } = data.columns[c]!
    if (!starts) return []
    return [bind(kernels.gatherBags, buffers.uniform([ids, offsets, batchStride]), rows, starts, source, batches)]
  })
  const single = columns.flatMap(({ ids, offsets }, c) =>
    offsets === NONE ? [values(data.columns[c]!.ids, ids, 1)] : [],
  )
  const numbers = data.numeric.map((source, n) => values(source, layout.dense + n, 1, data.numeric.length))
  const labels = values(data.labels, layout.labels, labelWidth(encoded))
  const columnList = buffers.upload(
    'Places of the columns',
    Uint32Array.from(
      columns.flatMap((c) => [c.ids, c.offsets, c.index, c.sorting, c.lookups, c.rounds, c.piece, c.bagBits]),
    ),
    'columns',
  )
  const strides = buffers.uniform([batchStride, indexStride, sortStride])
  const sorting = bind(
    layout.wide ? kernels.sortWide : kernels.sortLookups,
    strides,
    columnList,
    batches,
    sortRoom,
    index,
  )

  return {
    layout,
    steps,
    uniforms,
    rows,
    batches,
    index,
    buffers,
    drawRows: (pass, count) => pass.threads(drawing, count * capacity),
    gather(pass, count) {
      for (const kernel of [...single, ...numbers, labels]) pass.threads(kernel, count * capacity)
      for (const kernel of bags) pass.workgroups(kernel, count)
    },
    sort: (pass, count) => pass.grid(sorting, count, columns.length),
    destroy: buffers.destroyAll,
  }
}
