import { sloped } from './activation'

/**
 * Tiles of matrixProduct.ts that add, term by term, a number of A times a vector of a row of B. Steps in bytes: `aRow` and `cRow` to the next
 * row of the product, `aStep` and `bStep` to the next term of a sum.
 */

/** How A lies: neighbours in memory are the terms of a sum, or the rows of the product. */
export class Straight {}
export class Turned {}

/** What becomes of a sum. Scaled: C = alpha · sum, or C += alpha · sum where `code` is 1. */
export class Scaled {}
/** C = sum + the bias at `beside`; `code` & 1: at least 0; `code` & 2: C is added before. */
export class Biased {}
/** C = sum · the slope of activation `code` where its value is the number that lies `beside` bytes from C. */
export class Sloped {}

@inline
export function put<E>(c: usize, sum: v128, alpha: f32, beside: usize, code: i32): void {
  if (idof<E>() == idof<Scaled>()) {
    const scaled = f32x4.mul(sum, f32x4.splat(alpha))
    v128.store(c, code ? f32x4.add(v128.load(c), scaled) : scaled)
  } else if (idof<E>() == idof<Biased>()) {
    if (code & 2) sum = f32x4.add(sum, v128.load(c))
    sum = f32x4.add(sum, v128.load(beside))
    v128.store(c, code & 1 ? f32x4.pmax(sum, f32x4.splat(0)) : sum)
  } else v128.store(c, sloped(v128.load(c + beside), sum, code))
}

/** Two vectors of a row. */
@inline
function putTwo<E>(c: usize, first: v128, second: v128, alpha: f32, beside: usize, code: i32): void {
  put<E>(c, first, alpha, beside, code)
  put<E>(c + 16, second, alpha, idof<E>() == idof<Biased>() ? beside + 16 : beside, code)
}

@inline
export function tile4x8<A, E>(
  a: usize,
  b: usize,
  c: usize,
  aRow: usize,
  aStep: usize,
  bStep: usize,
  cRow: usize,
  inner: i32,
  alpha: f32,
  beside: usize,
  code: i32,
): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c10 = c00
  let c11 = c00
  let c20 = c00
  let c21 = c00
  let c30 = c00
  let c31 = c00
  let a1 = a + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  for (let k = inner; k > 0; k--) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const x0 = v128.load32_splat(a)
    c00 = f32x4.add(c00, f32x4.mul(x0, b0))
    c01 = f32x4.add(c01, f32x4.mul(x0, b1))
    const x1 = idof<A>() == idof<Turned>() ? v128.load32_splat(a, 4) : v128.load32_splat(a1)
    c10 = f32x4.add(c10, f32x4.mul(x1, b0))
    c11 = f32x4.add(c11, f32x4.mul(x1, b1))
    const x2 = idof<A>() == idof<Turned>() ? v128.load32_splat(a, 8) : v128.load32_splat(a2)
    c20 = f32x4.add(c20, f32x4.mul(x2, b0))
    c21 = f32x4.add(c21, f32x4.mul(x2, b1))
    const x3 = idof<A>() == idof<Turned>() ? v128.load32_splat(a, 12) : v128.load32_splat(a3)
    c30 = f32x4.add(c30, f32x4.mul(x3, b0))
    c31 = f32x4.add(c31, f32x4.mul(x3, b1))
    a += aStep
    if (idof<A>() == idof<Straight>()) {
      a1 += aStep
      a2 += aStep
      a3 += aStep
    }
    b += bStep
  }
  putTwo<E>(c, c00, c01, alpha, beside, code)
  putTwo<E>(c + cRow, c10, c11, alpha, beside, code)
  putTwo<E>(c + 2 * cRow, c20, c21, alpha, beside, code)
  putTwo<E>(c + 3 * cRow, c30, c31, alpha, beside, code)
}

@inline
export function tile1x8<E>(
  a: usize,
  b: usize,
  c: usize,
  aStep: usize,
  bStep: usize,
  inner: i32,
  alpha: f32,
  beside: usize,
  code: i32,
): void {
  let c0 = f32x4.splat(0)
  let c1 = c0
  for (let k = inner; k > 0; k--) {
    const x = v128.load32_splat(a)
    c0 = f32x4.add(c0, f32x4.mul(x, v128.load(b)))
    c1 = f32x4.add(c1, f32x4.mul(x, v128.load(b, 16)))
    a += aStep
    b += bStep
  }
  putTwo<E>(c, c0, c1, alpha, beside, code)
}

@inline
export function tile4x4<E>(
  a: usize,
  b: usize,
  c: usize,
  aRow: usize,
  aStep: usize,
  bStep: usize,
  cRow: usize,
  inner: i32,
  alpha: f32,
  beside: usize,
  code: i32,
): void {
  let c0 = f32x4.splat(0)
  let c1 = c0
  let c2 = c0
  let c3 = c0
  let a1 = a + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  for (let k = inner; k > 0; k--) {
    const row = v128.load(b)
    c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a), row))
    c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a1), row))
    c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a2), row))
    c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a3), row))
    a += aStep
    a1 += aStep
    a2 += aStep
    a3 += aStep
    b += bStep
  }
  put<E>(c, c0, alpha, beside, code)
  put<E>(c + cRow, c1, alpha, beside, code)
  put<E>(c + 2 * cRow, c2, alpha, beside, code)
  put<E>(c + 3 * cRow, c3, alpha, beside, code)
}

@inline
export function tile1x4<E>(
  a: usize,
  b: usize,
  c: usize,
  aStep: usize,
  bStep: usize,
  inner: i32,
  alpha: f32,
  beside: usize,
  code: i32,
): void {
  let sum = f32x4.splat(0)
  for (let k = inner; k > 0; k--) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), v128.load(b)))
    a += aStep
    b += bStep
  }
  put<E>(c, sum, alpha, beside, code)
}

/** One number of a scaled product. */
export function element(
  a: usize,
  b: usize,
  c: usize,
  aStep: usize,
  bStep: usize,
  inner: i32,
  alpha: f32,
  add: i32,
): void {
  let sum: f32 = 0
  for (let k = inner; k > 0; k--) {
    sum += load<f32>(a) * load<f32>(b)
    a += aStep
    b += bStep
  }
  putOne(c, sum, alpha, add)
}

@inline
export function putOne(c: usize, sum: f32, alpha: f32, add: i32): void {
  store<f32>(c, add ? load<f32>(c) + sum * alpha : sum * alpha)
}
