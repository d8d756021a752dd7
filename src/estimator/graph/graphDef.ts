import type { DataType } from '@tensorflow/tfjs-core'

/** TensorFlow's GraphDef as JSON has it, `graph.proto`: what `tf.loadGraphModel` reads as `modelTopology`. */
export interface GraphDef {
  node: NodeDef[]
  library: Record<string, never>
  versions: { producer: number; minConsumer: number }
}

export interface NodeDef {
  name: string
  op: string
  /** `name`, or `name:1` for another output than the first. */
  input: string[]
  attr: Record<string, AttrValue>
}

/** Numbers are texts: they have 64 bits. */
export type AttrValue =
  | { type: DataTypeName }
  | { i: string }
  | { f: number }
  | { b: boolean }
  | { s: string }
  | { shape: ShapeDef }
  | { list: { i: string[] } }
  | { tensor: { dtype: DataTypeName; tensorShape: ShapeDef } }

export interface ShapeDef {
  dim: { size: string }[]
}

export type DataTypeName = (typeof typeNames)[keyof typeof typeNames] | 'DT_INT64'

const typeNames = {
  float32: 'DT_FLOAT',
  int32: 'DT_INT32',
  bool: 'DT_BOOL',
  string: 'DT_STRING',
  complex64: 'DT_COMPLEX64',
} as const satisfies Record<DataType, string>

export const typeName = (dtype: DataType): DataTypeName => typeNames[dtype]

/** −1 for what may be of any length. */
export const shapeDef = (shape: readonly number[]): ShapeDef => ({ dim: shape.map((size) => ({ size: String(size) })) })

/** Attributes of a node. */
export const attr = {
  type: (dtype: DataType): AttrValue => ({ type: typeName(dtype) }),
  int: (value: number): AttrValue => ({ i: String(value) }),
  float: (value: number): AttrValue => ({ f: value }),
  bool: (value: boolean): AttrValue => ({ b: value }),
  /** Bytes are written in base 64. */
  text: (value: string): AttrValue => ({ s: btoa(value) }),
  ints: (values: readonly number[]): AttrValue => ({ list: { i: values.map(String) } }),
  shape: (shape: readonly number[]): AttrValue => ({ shape: shapeDef(shape) }),
}

/**
 * Which input gives an operation's attribute its type (−1: the last one), as TensorFlow's op registry has it: there, not in TensorFlow.js, a node without them is refused.
 * An operation that is not listed has `T`, of its first input.
 */
export const typeAttributes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ArgMax: { T: 0, Tidx: 1 },
  ArgMin: { T: 0, Tidx: 1 },
  All: { Tidx: 1 },
  Any: { Tidx: 1 },
  Cast: { SrcT: 0 },
  ConcatV2: { T: 0, Tidx: -1 },
  Conv2DBackpropInput: { T: 1 },
  Cumprod: { T: 0, Tidx: 1 },
  Cumsum: { T: 0, Tidx: 1 },
  ExpandDims: { T: 0, Tdim: 1 },
  Fill: { index_type: 0, T: 1 },
  GatherNd: { Tparams: 0, Tindices: 1 },
  GatherV2: { Tparams: 0, Tindices: 1, Taxis: 2 },
  LinSpace: { T: 0, Tidx: 2 },
  LogicalAnd: {},
  LogicalNot: {},
  LogicalOr: {},
  Max: { T: 0, Tidx: 1 },
  Mean: { T: 0, Tidx: 1 },
  Min: { T: 0, Tidx: 1 },
  MirrorPad: { T: 0, Tpaddings: 1 },
  OneHot: { TI: 0, T: 2 },
  PadV2: { T: 0, Tpaddings: 1 },
  Placeholder: {},
  Prod: { T: 0, Tidx: 1 },
  Range: { Tidx: 0 },
  Reshape: { T: 0, Tshape: 1 },
  ResizeBilinear: { T: 0 },
  ReverseV2: { T: 0, Tidx: 1 },
  ScatterNd: { Tindices: 0, T: 1 },
  SelectV2: { T: 1 },
  Slice: { T: 0, Index: 1 },
  Split: { T: 1 },
  SplitV: { T: 0, Tlen: 1 },
  StridedSlice: { T: 0, Index: 1 },
  StringToHashBucketFast: {},
  Sum: { T: 0, Tidx: 1 },
  Tile: { T: 0, Tmultiples: 1 },
  Transpose: { T: 0, Tperm: 1 },
}
