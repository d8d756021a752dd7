import { RELU, sloped, TANH } from './activation'
import { tanh4 } from './exponential'

/** What a dense layer does beside its products. Matrices are contiguous rows of `columns` floats: a multiple of 4, or 1. */

/** x = activation(x + bias) over `count` numbers, in place. `bias`: one number for all; 0 = none. */
export function activate(x: usize, bias: usize, count: i32, activation: i32): void {
  const lanes = bias ? v128.load32_splat(bias) : f32x4.splat(0)
  const end = x + (<usize>count << 2)
  for (; x + 16 <= end; x += 16) v128.store(x, activated(f32x4.add(v128.load(x), lanes), activation))
  for (; x < end; x += 4) {
    v128.store_lane<f32>(x, activated(f32x4.add(v128.load32_zero(x), lanes), activation), 0)
  }
}

@inline
function activated(x: v128, activation: i32): v128 {
  if (activation == RELU) return f32x4.pmax(x, f32x4.splat(0))
  return activation == TANH ? tanh4(x) : x
}

/** dY = dY · the slope of the activation, in place, from the activated values y. */
export function activationGradient(y: usize, dY: usize, count: i32, activation: i32): void {
  const end = y + (<usize>count << 2)
  for (; y + 16 <= end; y += 16) {
    v128.store(dY, sloped(v128.load(y), v128.load(dY), activation))
    dY += 16
  }
  for (; y < end; y += 4) {
    v128.store_lane<f32>(dY, sloped(v128.load32_zero(y), v128.load32_zero(dY), activation), 0)
    dY += 4
  }
}

/** sums [columns] += the rows of x, each column from the first row to the last. */
export function columnSums(x: usize, sums: usize, rows: i32, columns: i32): void {
  if (columns == 1) {
    let sum = load<f32>(sums)
    for (let i = 0; i < rows; i++) sum += load<f32>(x + (<usize>i << 2))
    store<f32>(sums, sum)
    return
  }
  const rowBytes = <usize>columns << 2
  let j: usize = 0
  for (; j + 64 <= rowBytes; j += 64) fourColumnSums(x + j, sums + j, rows, rowBytes)
  for (; j < rowBytes; j += 16) {
    let sum = v128.load(sums + j)
    let at = x + j
    for (let i = 0; i < rows; i++) {
      sum = f32x4.add(sum, v128.load(at))
      at += rowBytes
    }
    v128.store(sums + j, sum)
  }
}

/** Four vectors side by side: one alone would wait for each of its additions. */
@inline
function fourColumnSums(x: usize, sums: usize, rows: i32, rowBytes: usize): void {
  let sum0 = v128.load(sums)
  let sum1 = v128.load(sums, 16)
  let sum2 = v128.load(sums, 32)
  let sum3 = v128.load(sums, 48)
  for (let i = 0; i < rows; i++) {
    sum0 = f32x4.add(sum0, v128.load(x))
    sum1 = f32x4.add(sum1, v128.load(x, 16))
    sum2 = f32x4.add(sum2, v128.load(x, 32))
    sum3 = f32x4.add(sum3, v128.load(x, 48))
    x += rowBytes
  }
  v128.store(sums, sum0)
  v128.store(sums, sum1, 16)
  v128.store(sums, sum2, 32)
  v128.store(sums, sum3, 48)
}

/** What the gradient of `count` weights starts from: l2 · weights, or 0. `count`: any. */
export function startGradient(weights: usize, count: i32, l2: f32, gradient: usize): void {
  if (l2 == 0) {
    memory.fill(gradient, 0, <usize>count << 2)
    return
  }
  for (let at: usize = 0; at < <usize>count << 2; at += 4) {
    store<f32>(gradient + at, l2 * load<f32>(weights + at))
  }
}

/** target[i · stride + c] = source[i · columns + c], c < columns. */
export function copyColumns(source: usize, columns: i32, target: usize, stride: i32, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let c: usize = 0; c < <usize>columns << 2; c += 4) store<f32>(target + c, load<f32>(source + c))
    source += <usize>columns << 2
    target += <usize>stride << 2
  }
}
