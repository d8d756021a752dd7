import { tanh4 } from './exponential'

/**
 * What a dense layer does beside its products. Matrices are contiguous rows of `columns` floats: a multiple of 4, or 1.
 * Activations: 0 none, 1 relu, 2 tanh.
 */

const RELU = 1
const TANH = 2

@inline
function activate(x: v128, activation: i32): v128 {
  if (activation == RELU) return f32x4.pmax(x, f32x4.splat(0))
  return activation == TANH ? tanh4(x) : x
}

/** x = activation(x + bias), in place. */
export function addBias(x: usize, bias: usize, rows: i32, columns: i32, activation: i32): void {
  if (columns == 1) return addOne(x, load<f32>(bias), rows, activation)
  const rowBytes = <usize>columns << 2
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < rowBytes; j += 16) {
      v128.store(x + j, activate(f32x4.add(v128.load(x + j), v128.load(bias + j)), activation))
    }
    x += rowBytes
  }
}

function addOne(x: usize, bias: f32, count: i32, activation: i32): void {
  const lanes = f32x4.splat(bias)
  const end = x + (<usize>count << 2)
  for (; x + 16 <= end; x += 16) v128.store(x, activate(f32x4.add(v128.load(x), lanes), activation))
  for (; x < end; x += 4) {
    v128.store_lane<f32>(x, activate(f32x4.add(v128.load32_zero(x), lanes), activation), 0)
  }
}

/** dY = dY · activation'(…), in place, from the activated values y. */
export function activationGradient(y: usize, dY: usize, count: i32, activation: i32): void {
  const end = y + (<usize>count << 2)
  for (; y + 16 <= end; y += 16) {
    v128.store(dY, slope(v128.load(y), v128.load(dY), activation))
    dY += 16
  }
  for (; y < end; y += 4) {
    v128.store_lane<f32>(dY, slope(v128.load32_zero(y), v128.load32_zero(dY), activation), 0)
    dY += 4
  }
}

@inline
function slope(y: v128, dY: v128, activation: i32): v128 {
  if (activation == RELU) return v128.and(dY, f32x4.gt(y, f32x4.splat(0)))
  if (activation == TANH) return f32x4.mul(dY, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y)))
  return dY
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
  for (let j: usize = 0; j < rowBytes; j += 16) {
    let sum = v128.load(sums + j)
    let at = x + j
    for (let i = 0; i < rows; i++) {
      sum = f32x4.add(sum, v128.load(at))
      at += rowBytes
    }
    v128.store(sums + j, sum)
  }
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
