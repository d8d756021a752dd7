/** Tiles of matrixProduct.ts that add, term by term, a number of A times a vector of a row of B. Steps in bytes. */

@inline
export function put(c: usize, sum: v128, alpha: v128, add: bool): void {
  const scaled = f32x4.mul(sum, alpha)
  v128.store(c, add ? f32x4.add(v128.load(c), scaled) : scaled)
}

@inline
export function putOne(c: usize, sum: f32, alpha: f32, add: bool): void {
  store<f32>(c, add ? load<f32>(c) + sum * alpha : sum * alpha)
}

export function tile4x8(
  a: usize,
  b: usize,
  c: usize,
  aRow: usize,
  aStep: usize,
  bStep: usize,
  cRow: usize,
  inner: i32,
  alpha: f32,
  add: bool,
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
  for (let k = 0; k < inner; k++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const x0 = v128.load32_splat(a)
    c00 = f32x4.add(c00, f32x4.mul(x0, b0))
    c01 = f32x4.add(c01, f32x4.mul(x0, b1))
    const x1 = v128.load32_splat(a1)
    c10 = f32x4.add(c10, f32x4.mul(x1, b0))
    c11 = f32x4.add(c11, f32x4.mul(x1, b1))
    const x2 = v128.load32_splat(a2)
    c20 = f32x4.add(c20, f32x4.mul(x2, b0))
    c21 = f32x4.add(c21, f32x4.mul(x2, b1))
    const x3 = v128.load32_splat(a3)
    c30 = f32x4.add(c30, f32x4.mul(x3, b0))
    c31 = f32x4.add(c31, f32x4.mul(x3, b1))
    a += aStep
    a1 += aStep
    a2 += aStep
    a3 += aStep
    b += bStep
  }
  const scale = f32x4.splat(alpha)
  put(c, c00, scale, add)
  put(c + 16, c01, scale, add)
  put(c + cRow, c10, scale, add)
  put(c + cRow + 16, c11, scale, add)
  put(c + 2 * cRow, c20, scale, add)
  put(c + 2 * cRow + 16, c21, scale, add)
  put(c + 3 * cRow, c30, scale, add)
  put(c + 3 * cRow + 16, c31, scale, add)
}

export function tile1x8(
  a: usize,
  b: usize,
  c: usize,
  aStep: usize,
  bStep: usize,
  inner: i32,
  alpha: f32,
  add: bool,
): void {
  let c0 = f32x4.splat(0)
  let c1 = c0
  for (let k = 0; k < inner; k++) {
    const x = v128.load32_splat(a)
    c0 = f32x4.add(c0, f32x4.mul(x, v128.load(b)))
    c1 = f32x4.add(c1, f32x4.mul(x, v128.load(b, 16)))
    a += aStep
    b += bStep
  }
  put(c, c0, f32x4.splat(alpha), add)
  put(c + 16, c1, f32x4.splat(alpha), add)
}

export function tile4x4(
  a: usize,
  b: usize,
  c: usize,
  aRow: usize,
  aStep: usize,
  bStep: usize,
  cRow: usize,
  inner: i32,
  alpha: f32,
  add: bool,
): void {
  let c0 = f32x4.splat(0)
  let c1 = c0
  let c2 = c0
  let c3 = c0
  let a1 = a + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  for (let k = 0; k < inner; k++) {
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
  const scale = f32x4.splat(alpha)
  put(c, c0, scale, add)
  put(c + cRow, c1, scale, add)
  put(c + 2 * cRow, c2, scale, add)
  put(c + 3 * cRow, c3, scale, add)
}

export function tile1x4(
  a: usize,
  b: usize,
  c: usize,
  aStep: usize,
  bStep: usize,
  inner: i32,
  alpha: f32,
  add: bool,
): void {
  let sum = f32x4.splat(0)
  for (let k = 0; k < inner; k++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), v128.load(b)))
    a += aStep
    b += bStep
  }
  put(c, sum, f32x4.splat(alpha), add)
}

export function element(
  a: usize,
  b: usize,
  c: usize,
  aStep: usize,
  bStep: usize,
  inner: i32,
  alpha: f32,
  add: bool,
): void {
  let sum: f32 = 0
  for (let k = 0; k < inner; k++) {
    sum += load<f32>(a) * load<f32>(b)
    a += aStep
    b += bStep
  }
  putOne(c, sum, alpha, add)
}
