import type { EncodedColumn } from '../../columns/encodedColumn'
import type { EncodedData } from '../../columns/sparseBatch'
import type { DeviceBuffers } from './deviceBuffers'

/** The encoded data set on the device, as it is in memory. */
export interface DeviceData {
  columns: { ids: GPUBuffer; starts: GPUBuffer | null }[]
  numeric: GPUBuffer[]
  labels: GPUBuffer
  trainRows: GPUBuffer
}

/** Throws when an id is not a row of its column's table, and a `ModelError` when a column is more than the device can bind. */
export function uploadData(buffers: DeviceBuffers, encoded: EncodedData): DeviceData {
  const upload = (name: string, values: Float32Array | Int32Array | Uint32Array) =>
    buffers.upload(name, values, 'dataset')
  for (const column of encoded.categorical) checkIds(column, column.ids)
  return {
    columns: encoded.categorical.map(({ name, ids, offsets }) => ({
      ids: upload(`Column ${name}`, ids),
      starts: offsets ? upload(`Column ${name}`, offsets) : null,
    })),
    numeric: encoded.numeric.map(({ name, values }) => upload(`Column ${name}`, values)),
    labels: upload('The label', encoded.label.values),
    trainRows: upload('The list of training rows', encoded.trainRows),
  }
}

export function checkIds({ name, buckets }: Pick<EncodedColumn, 'name' | 'buckets'>, ids: Int32Array): void {
  for (const id of ids) {
    if (id >= 0 && id < buckets) continue
    throw new Error(`Column ${name}: bucket ${id} was looked up, but the table has rows 0 to ${buckets - 1}.`)
  }
}

/** Numbers of a label: one per target, otherwise the class. */
export function labelWidth({ label }: EncodedData): number {
  return label.task === 'regression' ? label.outputs : 1
}
