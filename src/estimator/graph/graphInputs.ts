import type { DataType } from '@tensorflow/tfjs-core'
import type { CategoricalColumn } from '../../experiment/experiment'
import { type Features, isTensor } from '../features'
import { ExportError } from './exportError'
import type { GraphBuilder, Value } from './graphBuilder'

/** What the exported graph is to be given. */
export interface GraphInput {
  value: Value
  dtype: DataType
  /** −1: the rows of a batch, and then as many values as the longest row has. */
  shape: readonly number[]
  /** What fills up rows of fewer values, and stands for none. */
  padding?: number | string
  /** The input holds bucket numbers: what this column, which no graph can compute, makes of its keys. */
  encoded?: CategoricalColumn
  /** The features in whose place it is given. */
  insteadOf?: readonly string[]
}

/** The placeholders of a graph, made when they are first needed. */
export interface GraphInputs {
  /** A feature as its tensor: [B, …]; of several values a row [B, most], padded. */
  feature(name: string): Value
  isSparse(name: string): boolean
  /** Bucket numbers in place of a column's features: [B], or [B, most] padded. `name`, or `name_2` where another column has it. */
  encoded(name: string, column: CategoricalColumn, keys: readonly string[], isSparse: boolean): Value
  /** One with the rows of the batch along its first axis. */
  anyBatch(): Value
  /** By the name under which the caller gives it. */
  readonly used: ReadonlyMap<string, GraphInput>
}

const paddings = { string: '', integer: -1, number: 0 }
const types = { string: 'string', integer: 'int32', number: 'float32' } as const

export function createGraphInputs(example: Features, builder: () => GraphBuilder): GraphInputs {
  const used = new Map<string, GraphInput>()

  function use(name: string, input: Omit<GraphInput, 'value'>): Value {
    const known = used.get(name)
    if (known) return known.value
    const value = builder().placeholder(name, input.shape, input.dtype)
    used.set(name, { value, ...input })
    return value
  }

  function feature(name: string): Value {
    const value = example[name]!
    if (isTensor(value)) {
      const { rank, shape, dtype } = value
      return use(name, { dtype, shape: rank === 0 ? [] : [-1, ...shape.slice(1)] })
    }
    const dtype = types[value.type]
    return value.offsets
      ? use(name, { dtype, shape: [-1, -1], padding: paddings[value.type] })
      : use(name, { dtype, shape: [-1] })
  }

  return {
    used,
    feature,
    isSparse(name) {
      const value = example[name]
      return value !== undefined && !isTensor(value) && value.offsets !== null
    },
    encoded(name, column, keys, isSparse) {
      const isOther = (at: string) =>
        at in example || (used.has(at) && JSON.stringify(used.get(at)?.encoded) !== JSON.stringify(column))
      let free = name
      for (let i = 2; isOther(free); i++) free = `${name}_${i}`
      return use(free, {
        dtype: 'int32',
        shape: isSparse ? [-1, -1] : [-1],
        padding: -1,
        encoded: column,
        insteadOf: keys,
      })
    },
    anyBatch() {
      const first = [...used.values()].find(({ shape }) => shape.length > 0)
      if (first) return first.value
      const name = Object.keys(example).find((each) => {
        const value = example[each]!
        return !isTensor(value) || value.rank > 0
      })
      if (name === undefined) throw new ExportError('no feature has the rows of a batch.')
      return feature(name)
    },
  }
}
