import { putOne } from './outerTiles'

/**
 * Tiles of matrixProductTransposeB: both operands run along their rows. A sum is added in four lanes, then over the lanes, and the terms
 * behind the last multiple of 4 one by one. Steps in bytes.
 */

/** [Σ a, Σ b, Σ c, Σ d], each as (lane 0 + lane 2) + (lane 1 + lane 3). */
@inline
function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7))
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))
}

/** a[k] · [b0[k], b1[k], b2[k], b3[k]]. */
@inline
function term(a: usize, b: usize, bRow: usize): v128 {
  let column = v128.load32_zero(b)
  column = v128.load_lane<f32>(b + bRow, column, 1)
  column = v128.load_lane<f32>(b + 2 * bRow, column, 2)
  column = v128.load_lane<f32>(b + 3 * bRow, column, 3)
  return f32x4.mul(v128.load32_splat(a), column)
}

export function dotTile4x1(
  a: usize,
  b: usize,
  c: usize,
  aRow: usize,
  cRow: usize,
  inner: i32,
  alpha: f32,
  add: i32,
): void {
  let c0 = f32x4.splat(0)
  let c1 = c0
  let c2 = c0
  let c3 = c0
  let k = 0
  for (; k + 4 <= inner; k += 4) {
    const column = v128.load(b)
    c0 = f32x4.add(c0, f32x4.mul(v128.load(a), column))
    c1 = f32x4.add(c1, f32x4.mul(v128.load(a + aRow), column))
    c2 = f32x4.add(c2, f32x4.mul(v128.load(a + 2 * aRow), column))
    c3 = f32x4.add(c3, f32x4.mul(v128.load(a + 3 * aRow), column))
    a += 16
    b += 16
  }
  let sum = laneSums(c0, c1, c2, c3)
  for (; k < inner; k++) {
    sum = f32x4.add(sum, term(b, a, aRow))
    a += 4
    b += 4
  }
  putOne(c, f32x4.extract_lane(sum, 0), alpha, add)
  putOne(c + cRow, f32x4.extract_lane(sum, 1), alpha, add)
  putOne(c + 2 * cRow, f32x4.extract_lane(sum, 2), alpha, add)
  putOne(c + 3 * cRow, f32x4.extract_lane(sum, 3), alpha, add)
}

export function elementOfDots(a: usize, b: usize, c: usize, inner: i32, alpha: f32, add: i32): void {
  let lanes = f32x4.splat(0)
  let k = 0
  for (; k + 4 <= inner; k += 4) {
    lanes = f32x4.add(lanes, f32x4.mul(v128.load(a), v128.load(b)))
    a += 16
    b += 16
  }
  let sum =
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 2) +
    (f32x4.extract_lane(lanes, 1) + f32x4.extract_lane(lanes, 3))
  for (; k < inner; k++) {
    sum += load<f32>(a) * load<f32>(b)
    a += 4
    b += 4
  }
  putOne(c, sum, alpha, add)
}
