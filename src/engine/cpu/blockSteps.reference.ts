import type { SampleStep } from './sampleSettings'

/** N examples, each a row of the user table, a row of the item table and a number. */
interface Samples {
  users: ArrayLike<number>
  items: ArrayLike<number>
  targets: ArrayLike<number>
  userRows: number
  itemRows: number
}

/** `accumulator`: of each weight for Adagrad, one a row for row-Adagrad. Plain gradient descent moves neither. */
type Side = Record<'weights' | 'bias' | 'accumulator' | 'biasAccumulator', Float64Array>

/** Examples one after the other in `order`, in double precision. Returns the sum of squared errors, and both tables. */
export function trainSamplesReference(
  samples: Samples,
  step: SampleStep & { learningRate: number },
  weights: { user: Float32Array; item: Float32Array },
  order: readonly number[],
) {
  const [user, item] = [sideOf(weights.user, samples.userRows, step), sideOf(weights.item, samples.itemRows, step)]
  const { dimension: k, biases, l2 } = step
  let loss = 0
  for (const sample of order) {
    const [u, v] = [samples.users[sample]!, samples.items[sample]!]
    const [p, q] = [user.weights.slice(u * k, u * k + k), item.weights.slice(v * k, v * k + k)]
    const product = p.reduce((sum, x, d) => sum + x * q[d]!, 0)
    const error = product + user.bias[u]! + item.bias[v]! - samples.targets[sample]!
    loss += error * error
    move(
      user,
      'weights',
      u,
      q.map((x, d) => 2 * (error * x + l2 * p[d]!)),
      step,
    )
    move(
      item,
      'weights',
      v,
      p.map((x, d) => 2 * (error * x + l2 * q[d]!)),
      step,
    )
    if (!biases) continue
    move(user, 'bias', u, Float64Array.of(2 * (error + l2 * user.bias[u]!)), step)
    move(item, 'bias', v, Float64Array.of(2 * (error + l2 * item.bias[v]!)), step)
  }
  return { loss, user, item }
}

function sideOf(weights: Float32Array, rows: number, { dimension, optimizer }: SampleStep): Side {
  return {
    weights: Float64Array.from(weights),
    bias: new Float64Array(rows),
    accumulator: new Float64Array(optimizer === 'adagrad' ? rows * dimension : rows).fill(Math.fround(0.1)),
    biasAccumulator: new Float64Array(rows).fill(Math.fround(0.1)),
  }
}

/** One optimizer step on a row. */
function move(
  side: Side,
  part: 'weights' | 'bias',
  row: number,
  gradient: Float64Array,
  { optimizer, learningRate }: SampleStep & { learningRate: number },
): void {
  const sums = side[part === 'weights' ? 'accumulator' : 'biasAccumulator']
  const k = gradient.length
  if (optimizer === 'rowAdagrad') sums[row]! += gradient.reduce((sum, g) => sum + g * g, 0) / k
  for (let d = 0; d < k; d++) {
    const g = gradient[d]!
    if (optimizer === 'adagrad') sums[row * k + d]! += g * g
    const sum = optimizer === 'adagrad' ? sums[row * k + d]! : sums[row]!
    side[part][row * k + d]! -= (learningRate * g) / (optimizer === 'sgd' ? 1 : Math.sqrt(sum))
  }
}
