import { categoricalName, columnName } from '../../experiment/columnName'
import type { EmbeddingColumn, Experiment } from '../../experiment/experiment'
import type { Checkpoint } from '../../model/trainable'
import type { FlowColumn, FlowTerm } from '../../protocol/inspect'
import { combineLookups } from './combineLookups'

/** What a dot product adds up for one row: the product of its two sides, their biases, and the mean. Null for another model. */
export function dotProductTerms(
  { model, columns }: Experiment,
  flows: FlowColumn[],
  weights: Checkpoint['weights'],
): FlowTerm[] | null {
  if (model.type !== 'dotProduct') return null
  const [item, user] = [model.item, model.user].map((name) => {
    const column = columns.find((one) => one.type === 'embedding' && categoricalName(one.categorical) === name)
    const made = flows.find((flow) => column && flow.name === columnName(column))?.made
    if (column?.type !== 'embedding' || made?.type !== 'embedding') throw new Error(`No side '${name}' to multiply.`)
    return { name, vector: made.combined, bias: biasOf(column, made.lookups, weights[`${name}_bias`]?.values) }
  }) as [Side, Side]
  return [
    { name: `${item.name} · ${user.name}`, value: item.vector.reduce((sum, x, i) => sum + x * user.vector[i]!, 0) },
    ...[item, user].flatMap(({ name, bias }) => (bias === null ? [] : [{ name: `bias of ${name}`, value: bias }])),
    { name: 'mean', value: weights.global_bias!.values[0]! },
  ]
}

interface Side {
  name: string
  vector: number[]
  bias: number | null
}

type Lookups = Extract<FlowColumn['made'], { type: 'embedding' }>['lookups']

/** A bias is a column of one number, combined as its vectors are. */
function biasOf(column: EmbeddingColumn, lookups: Lookups, values: Float32Array | undefined): number | null {
  if (!values) return null
  const numbers = lookups.map((lookup) => ({ ...lookup, vector: [values[lookup.id]!] }))
  return combineLookups(numbers, { ...column, dimension: 1 })[0]!
}
