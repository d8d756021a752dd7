import type { DataType, NamedAttrMap } from '@tensorflow/tfjs-core'
import type { CategoricalColumn, NumericColumn } from '../../experiment/experiment'

/** Where the numbers of a tensor come from. */
export type Source =
  | { kind: 'kernel'; index: number; output: number }
  | { kind: 'feature'; name: string }
  | { kind: 'variable'; name: string }
  | { kind: 'literal'; literal: Literal }

export type Numbers = Float32Array | Int32Array | Uint8Array

/** A tensor that no kernel made: written in the code, or made from features by other means. */
export interface Literal {
  shape: readonly number[]
  dtype: DataType
  values: Numbers | readonly string[]
  /** Whether a lookup has left some of them out: they are all of the list here. */
  isPruned: boolean
  origin: TracedOrigin | null
}

/** An `Origin` whose tensors and features are told as sources. */
export type TracedOrigin =
  | { from: 'tensor'; tensor: TracedTensor }
  | { from: 'offsets'; feature: string }
  | ({ from: 'ids'; part: 'ids' | 'offsets' | 'weights' } & TracedColumn)
  | ({ from: 'counts' } & TracedColumn)
  | { from: 'numbers'; column: NumericColumn; inputs: Readonly<Record<string, TracedTensor>> }

export interface TracedColumn {
  column: CategoricalColumn
  buckets: number
  /** By the keys that the column reads. */
  inputs: Readonly<Record<string, TracedTensor>>
}

export interface TracedTensor {
  source: Source
  shape: readonly number[]
  dtype: DataType
}

export interface TracedKernel {
  name: string
  inputs: Readonly<Record<string, TracedTensor>>
  attrs: NamedAttrMap
  outputs: readonly Pick<TracedTensor, 'shape' | 'dtype'>[]
  /** Its stack says which line asked for it. */
  place: Error
}

/** All that one call of a model function computed, in order. */
export interface Trace {
  /** Of the batch. */
  rows: number
  kernels: readonly TracedKernel[]
  /** By signature, then by name. */
  signatures: Readonly<Record<string, TracedSignature>>
  /** The values of features that are plain arrays. */
  values: ReadonlyMap<string, readonly (string | number)[]>
  /** Those of them that were read. */
  read: ReadonlySet<string>
}

export interface TracedSignature {
  kind: 'regression' | 'classification' | 'predict'
  outputs: Readonly<Record<string, TracedTensor>>
}
