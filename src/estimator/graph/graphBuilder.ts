import type { DataType } from '@tensorflow/tfjs-core'
import { sizeOf } from '../initializers'
import { type Dim, isFixed } from './dims'
import { type AttrValue, attr, type GraphDef, type NodeDef, shapeDef, typeAttributes, typeName } from './graphDef'
import type { Numbers } from './trace'

/** A tensor of the graph: an output of a node. */
export interface Value {
  readonly name: string
  readonly dtype: DataType
}

export interface Constant {
  name: string
  dtype: DataType
  shape: readonly number[]
  values: Numbers | readonly string[]
}

interface NodeOptions {
  attrs?: Record<string, AttrValue>
  /** Of the output; the first input's otherwise. */
  dtype?: DataType
  /** What it should be called; the operation otherwise. */
  name?: string
}

/** Writes a graph, node after node. */
export interface GraphBuilder {
  node(op: string, inputs: readonly Value[], options?: NodeOptions): Value
  /** Of a node with several outputs, number `i`. */
  output(value: Value, i: number, dtype?: DataType): Value
  /** What operations compute with. */
  constant(values: Constant['values'], shape: readonly number[], dtype: DataType): Value
  /** The same of numbers in a list, or of one as a scalar; int32 unless told. */
  operand(values: readonly number[] | number, dtype?: 'int32' | 'float32'): Value
  /** What says how they compute: lengths, axes, bounds. No operand: TensorFlow.js reads it, and would wait for a graphics card that has been given it. */
  ints(values: readonly number[] | number): Value
  floats(values: readonly number[] | number): Value
  /** A variable, whose numbers are stored by this name elsewhere. */
  variable(name: string, shape: readonly number[], dtype: DataType): Value
  placeholder(name: string, shape: readonly number[], dtype: DataType): Value
  /** Numbers that may follow the batch, as int32 [n]. */
  dims(dims: readonly Dim[]): Value
  /** One of them, as int32 []. */
  scalar(dim: Dim): Value
  readonly constants: readonly Constant[]
  graphDef(): GraphDef
}

/** `batchOf` answers with any tensor that has the rows of the batch along its first axis. */
export function createGraphBuilder(batchOf: () => Value): GraphBuilder {
  const nodes: NodeDef[] = []
  const constants: Constant[] = []
  const names = new Set<string>()
  const known = new Map<string, Value>()
  let rows: Value | null = null

  function unique(name: string): string {
    // As graph.proto allows them.
    const base = name.replace(/[^\w.\\/-]/g, '_').replace(/^[^A-Za-z0-9.]/, '.')
    let free = base
    for (let i = 1; names.has(free); i++) free = `${base}_${i}`
    names.add(free)
    return free
  }

  function add(op: string, name: string, input: string[], attrs: NodeDef['attr']): string {
    const free = unique(name)
    nodes.push({ name: free, op, input, attr: attrs })
    return free
  }

  function once(key: string, make: () => Value): Value {
    const value = known.get(key) ?? make()
    known.set(key, value)
    return value
  }

  function constNode(name: string, shape: readonly number[], dtype: DataType): Value {
    const value = { tensor: { dtype: typeName(dtype), tensorShape: shapeDef(shape) } }
    return { name: add('Const', name, [], { dtype: attr.type(dtype), value }), dtype }
  }

  function newConstant(values: Constant['values'], shape: readonly number[], dtype: DataType): Value {
    const value = constNode('constants/Const', shape, dtype)
    constants.push({ name: value.name, dtype, shape, values })
    return value
  }

  /** Small ones once by role. */
  function sharedConstant(
    role: 'operand' | 'parameter',
    values: Constant['values'],
    shape: readonly number[],
    dtype: DataType,
  ): Value {
    const make = () => newConstant(values, shape, dtype)
    return sizeOf(shape) > 16 ? make() : once(`${role} ${dtype} [${shape}] ${[...values].map(textOf)}`, make)
  }

  const numbers = (role: 'operand' | 'parameter', values: readonly number[] | number, dtype: 'int32' | 'float32') => {
    const list = typeof values === 'number' ? [values] : values
    const array = dtype === 'int32' ? Int32Array.from(list) : Float32Array.from(list)
    return sharedConstant(role, array, typeof values === 'number' ? [] : [list.length], dtype)
  }

  const builder: GraphBuilder = {
    constants,
    node(op, inputs, { attrs = {}, dtype, name = op } = {}) {
      const types = Object.entries(typeAttributes[op] ?? { T: 0 }).map(([key, input]) => [
        key,
        attr.type(inputs.at(input)!.dtype),
      ])
      const made = add(
        op,
        name,
        inputs.map((input) => input.name),
        { ...Object.fromEntries(types), ...attrs },
      )
      return { name: made, dtype: dtype ?? inputs[0]!.dtype }
    },
    output: ({ name, dtype }, i, other = dtype) => ({ name: i === 0 ? name : `${name}:${i}`, dtype: other }),
    constant: (values, shape, dtype) => sharedConstant('operand', values, shape, dtype),
    operand: (values, dtype = 'int32') => numbers('operand', values, dtype),
    ints: (values) => numbers('parameter', values, 'int32'),
    floats: (values) => numbers('parameter', values, 'float32'),
    variable: (name, shape, dtype) => once(`variable ${name}`, () => constNode(name, shape, dtype)),
    placeholder: (name, shape, dtype) =>
      once(`placeholder ${name}`, () => {
        const attrs = { dtype: attr.type(dtype), shape: attr.shape(shape) }
        return { name: add('Placeholder', name, [], attrs), dtype }
      }),
    dims(dims) {
      if (dims.every(isFixed)) return builder.ints(dims)
      const attrs = { N: attr.int(dims.length), axis: attr.int(0) }
      return builder.node('Pack', dims.map(builder.scalar), { attrs })
    },
    scalar(dim) {
      if (isFixed(dim)) return builder.ints(dim)
      return once(`dim ${dim.slope} ${dim.offset}`, () => {
        rows ??= rowsOf(batchOf(), builder)
        const scaled = dim.slope === 1 ? rows : builder.node('Mul', [rows, builder.ints(dim.slope)])
        return dim.offset === 0 ? scaled : builder.node('AddV2', [scaled, builder.ints(dim.offset)])
      })
    },
    graphDef: () => ({ node: nodes, library: {}, versions: { producer: 1395, minConsumer: 0 } }),
  }
  return builder
}

/** Tells −0 from 0, and one comma from two texts. */
function textOf(value: number | string): string {
  return typeof value === 'string' ? JSON.stringify(value) : Object.is(value, -0) ? '-0' : String(value)
}

/** int32 [] */
function rowsOf(batch: Value, builder: GraphBuilder): Value {
  const shape = builder.node('Shape', [batch], { attrs: { out_type: attr.type('int32') }, dtype: 'int32' })
  const masks = { begin_mask: 0, end_mask: 0, ellipsis_mask: 0, new_axis_mask: 0, shrink_axis_mask: 1 }
  const attrs = Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, attr.int(mask)]))
  return builder.node('StridedSlice', [shape, builder.ints([0]), builder.ints([1]), builder.ints([1])], { attrs })
}
