import { type Dim, dimOf, isFixed } from './dims'
import type { GraphBuilder, Value } from './graphBuilder'
import { cast, scalarOf } from './lowerings/elementwise'
import { reshape } from './lowerings/shapes'
import type { Literal, Numbers } from './trace'

/** A literal of shape `dims` that follows the rows of a batch, as `rows` has them by trace; null: it follows in no such way. */
export function computedLiteral(
  g: GraphBuilder,
  literals: readonly Literal[],
  dims: readonly Dim[],
  rows: readonly number[],
): Value | null {
  return filled(g, literals, dims) ?? following(g, literals, dims, rows)
}

/** One number for all, as `tf.zeros` has it. */
function filled(g: GraphBuilder, literals: readonly Literal[], dims: readonly Dim[]): Value | null {
  const { values, dtype } = literals[0]!
  const [value = 0] = values
  const isSame = literals.every((literal) =>
    Array.from<number | string>(literal.values).every((each) => Object.is(each, value)),
  )
  if (!isSame || typeof value !== 'number' || dtype === 'string') return null
  return g.node('Fill', [g.dims(dims), scalarOf(g, value, dtype)], { dtype })
}

/** Numbers made of the count of rows, as in a division by it. */
function following(
  g: GraphBuilder,
  literals: readonly Literal[],
  dims: readonly Dim[],
  rows: readonly number[],
): Value | null {
  const { dtype } = literals[0]!
  if (!dims.every(isFixed) || dtype === 'string' || dtype === 'bool') return null
  const numbers = literals.map(({ values }) => values as Numbers)
  const each = Array.from(numbers[0]!, (_, i) =>
    dimOf(
      numbers.map((values) => values[i]!),
      rows,
    ),
  )
  if (each.some((dim) => dim === null)) return null
  // A copy: as an operand it may go to a graphics card, and lengths that are made of the same numbers would be waited for.
  const numbersOfRows = g.node('AddV2', [g.dims(each as Dim[]), g.ints(0)])
  return reshape(g, cast(g, numbersOfRows, dtype), dims)
}
