import { dotTile2x4, dotTile4x1, elementOfDots } from './dotTiles'
import { element, tile1x4, tile1x8, tile4x4, tile4x8 } from './outerTiles'

/**
 * Products of row-major matrices, in tiles whose sums stay in registers. Pointers are bytes, strides count floats, and no size need be a
 * multiple of anything. The order of a sum depends on `inner` alone, not on where the tile lies, so a row of A gives the same bits in a
 * batch of any size. `add`: C += alpha · product instead of C = alpha · product.
 */

/** C [rows × columns] = alpha · A [rows × inner] · B [inner × columns]. */
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
  add: bool,
): void {
  outerProducts(a, b, c, aStride << 2, 4, bStride << 2, cStride << 2, rows, inner, columns, alpha, add)
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
  add: bool,
): void {
  outerProducts(a, b, c, 4, aStride << 2, bStride << 2, cStride << 2, rows, inner, columns, alpha, add)
}

/** Steps in bytes: `aRow` and `cRow` to the next row of the product, `aStep` and `bStep` to the next term of a sum. */
function outerProducts(
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
  add: bool,
): void {
  let j: usize = 0
  for (; j + 8 <= columns; j += 8) {
    const bj = b + (j << 2)
    const cj = c + (j << 2)
    let i: usize = 0
    for (; i + 4 <= rows; i += 4) tile4x8(a + i * aRow, bj, cj + i * cRow, aRow, aStep, bStep, cRow, inner, alpha, add)
    for (; i < rows; i++) tile1x8(a + i * aRow, bj, cj + i * cRow, aStep, bStep, inner, alpha, add)
  }
  for (; j + 4 <= columns; j += 4) {
    const bj = b + (j << 2)
    const cj = c + (j << 2)
    let i: usize = 0
    for (; i + 4 <= rows; i += 4) tile4x4(a + i * aRow, bj, cj + i * cRow, aRow, aStep, bStep, cRow, inner, alpha, add)
    for (; i < rows; i++) tile1x4(a + i * aRow, bj, cj + i * cRow, aStep, bStep, inner, alpha, add)
  }
  for (; j < columns; j++) {
    for (let i: usize = 0; i < rows; i++) {
      element(a + i * aRow, b + (j << 2), c + (j << 2) + i * cRow, aStep, bStep, inner, alpha, add)
    }
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
  add: bool,
): void {
  const aRow = aStride << 2
  const bRow = bStride << 2
  const cRow = cStride << 2
  let j: usize = 0
  for (; j + 4 <= columns; j += 4) {
    const bj = b + j * bRow
    const cj = c + (j << 2)
    let i: usize = 0
    for (; i + 2 <= rows; i += 2) dotTile2x4(a + i * aRow, bj, cj + i * cRow, aRow, bRow, cRow, inner, alpha, add)
    if (i < rows) {
      for (let n: usize = 0; n < 4; n++) {
        elementOfDots(a + i * aRow, bj + n * bRow, cj + (n << 2) + i * cRow, inner, alpha, add)
      }
    }
  }
  for (; j < columns; j++) {
    const bj = b + j * bRow
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
