import { dotTile4x1, elementOfDots } from './dotTiles'
import { Biased, element, Scaled, Sloped, Straight, tile1x4, tile1x8, tile4x4, tile4x8, Turned } from './outerTiles'

/**
 * Products of row-major matrices, in tiles whose sums stay in registers. Pointers are bytes, strides count floats. The order of a sum depends on
 * `inner` alone, not on where the tile lies, so a row of A gives the same bits in a batch of any size. No size need be a multiple of anything, but
 * `columns` of a layer are a multiple of 4, and its matrices of that width contiguous.
 */

/** C [rows × columns] = alpha · A [rows × inner] · B [inner × columns]; `add` 1: C += instead. */
export function matrixProduct(
  a: usize,
  b: usize,
  c: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  aStride: i32,
  bStride: i32,
  cStride: i32,
  alpha: f32,
  add: i32,
): void {
  outerProducts<Straight, Scaled>(
    a, b, c, aStride << 2, 4, bStride << 2, cStride << 2, rows, inner, columns, alpha, 0, add,
  )
}

/** C [rows × columns] = alpha · Aᵀ · B, with A [inner × rows] and B [inner × columns]: the gradient of a kernel. */
export function matrixProductTransposeA(
  a: usize,
  b: usize,
  c: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  aStride: i32,
  bStride: i32,
  cStride: i32,
  alpha: f32,
  add: i32,
): void {
  outerProducts<Turned, Scaled>(
    a, b, c, 4, aStride << 2, bStride << 2, cStride << 2, rows, inner, columns, alpha, 0, add,
  )
}

/** A layer forwards: out [rows × columns] = x · kernel + bias. `relu` 1: at least 0. `add` 1: what is in `out` is added before. */
export function layerForward(
  x: usize,
  kernel: usize,
  bias: usize,
  out: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  xStride: i32,
  relu: i32,
  add: i32,
): void {
  const row = columns << 2
  const code = relu | (add << 1)
  outerProducts<Straight, Biased>(x, kernel, out, xStride << 2, 4, row, row, rows, inner, columns, 1, bias, code)
}

/**
 * A layer backwards: dX [rows × columns] = (dOut · kernelᵀ) · slope, with `turned` = kernelᵀ [inner × columns] and the slope of `activation` where its
 * value is x [rows × columns].
 */
export function layerBackward(
  dOut: usize,
  turned: usize,
  x: usize,
  dX: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  activation: i32,
): void {
  const row = columns << 2
  outerProducts<Straight, Sloped>(
    dOut, turned, dX, inner << 2, 4, row, row, rows, inner, columns, 1, x - dX, activation,
  )
}

/** Steps in bytes: `aRow` and `cRow` to the next row of the product, `aStep` and `bStep` to the next term of a sum. */
@inline
function outerProducts<A, E>(
  a: usize,
  b: usize,
  c: usize,
  aRow: usize,
  aStep: usize,
  bStep: usize,
  cRow: usize,
  rows: usize,
  inner: i32,
  columns: usize,
  alpha: f32,
  beside: usize,
  code: i32,
): void {
  let j: usize = 0
  for (; j + 8 <= columns; j += 8) {
    let ai = a
    let ci = c
    let i: usize = 0
    for (; i + 4 <= rows; i += 4) {
      tile4x8<A, E>(ai, b, ci, aRow, aStep, bStep, cRow, inner, alpha, beside, code)
      ai += 4 * aRow
      ci += 4 * cRow
    }
    for (; i < rows; i++) {
      tile1x8<E>(ai, b, ci, aStep, bStep, inner, alpha, beside, code)
      ai += aRow
      ci += cRow
    }
    b += 32
    c += 32
    if (idof<E>() == idof<Biased>()) beside += 32
  }
  for (; j + 4 <= columns; j += 4) {
    let ai = a
    let ci = c
    let i: usize = 0
    for (; i + 4 <= rows; i += 4) {
      tile4x4<E>(ai, b, ci, aRow, aStep, bStep, cRow, inner, alpha, beside, code)
      ai += 4 * aRow
      ci += 4 * cRow
    }
    for (; i < rows; i++) {
      tile1x4<E>(ai, b, ci, aStep, bStep, inner, alpha, beside, code)
      ai += aRow
      ci += cRow
    }
    b += 16
    c += 16
    if (idof<E>() == idof<Biased>()) beside += 16
  }
  if (idof<E>() != idof<Scaled>()) return
  for (; j < columns; j++) {
    for (let i: usize = 0; i < rows; i++) {
      element(a + i * aRow, b, c + i * cRow, aStep, bStep, inner, alpha, code)
    }
    b += 4
    c += 4
  }
}

/** C [rows × columns] = alpha · A [rows × inner] · Bᵀ, with B [columns × inner]. */
export function matrixProductTransposeB(
  a: usize,
  b: usize,
  c: usize,
  rows: usize,
  inner: i32,
  columns: usize,
  aStride: usize,
  bStride: usize,
  cStride: usize,
  alpha: f32,
  add: i32,
): void {
  const aRow = aStride << 2
  const cRow = cStride << 2
  for (let j: usize = 0; j < columns; j++) {
    const bj = b + j * (bStride << 2)
    const cj = c + (j << 2)
    let i: usize = 0
    for (; i + 4 <= rows; i += 4) dotTile4x1(a + i * aRow, bj, cj + i * cRow, aRow, cRow, inner, alpha, add)
    for (; i < rows; i++) elementOfDots(a + i * aRow, bj, cj + i * cRow, inner, alpha, add)
  }
}

/** target [columns × rows] = sourceᵀ. Strides in floats. */
export function transpose(
  source: usize,
  target: usize,
  rows: usize,
  columns: usize,
  sourceStride: usize,
  targetStride: usize,
): void {
  for (let i: usize = 0; i < rows; i++) {
    for (let j: usize = 0; j < columns; j++) {
      store<f32>(target + ((j * targetStride + i) << 2), load<f32>(source + ((i * sourceStride + j) << 2)))
    }
  }
}
