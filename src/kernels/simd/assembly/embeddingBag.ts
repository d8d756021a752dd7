import { endOf, startOf } from './rowIndex'

/**
 * Bags of rows of a table, into a range of columns of a matrix and back. Bag b looks up ids[offsets[b]] … ids[offsets[b + 1] − 1]; `offsets` 0
 * = one lookup a bag. `width`: floats of a row, a multiple of 4 or 1; `stride` from one row of the table to the next; `outStride` from one row
 * of the matrix to the next. The first row of `out` and `dOut` is bag `from`.
 * Combiners: 0 sum, 1 mean, 2 sqrtn.
 */

const MEAN = 1
const SQRTN = 2

@inline
function weightOf(combiner: i32, lookups: i32): f32 {
  if (lookups < 2) return 1
  if (combiner == MEAN) return 1 / <f32>lookups
  return combiner == SQRTN ? 1 / sqrt<f32>(<f32>lookups) : 1
}

/** out[b] = combined rows of bag b, zeros for an empty bag; `add`: added to what is there. */
export function embeddingBag(
  table: usize,
  stride: usize,
  width: usize,
  ids: usize,
  offsets: usize,
  from: i32,
  bags: i32,
  combiner: i32,
  out: usize,
  outStride: usize,
  add: bool,
): void {
  const row = stride << 2
  const outRow = outStride << 2
  if (width == 1) return bagsOfNumbers(table, row, ids, offsets, from, bags, combiner, out, outRow, add)
  if (!offsets && !add) return copyRows(table, row, width << 2, ids + (<usize>from << 2), bags, out, outRow)
  const bytes = width << 2
  for (let b = from; b < from + bags; b++) {
    const first = startOf(offsets, b)
    const end = endOf(offsets, b)
    const weight = f32x4.splat(weightOf(combiner, end - first))
    for (let d: usize = 0; d < bytes; d += 16) {
      let sum = f32x4.splat(0)
      for (let i = first; i < end; i++) {
        sum = f32x4.add(sum, v128.load(table + <usize>load<u32>(ids + (<usize>i << 2)) * row + d))
      }
      sum = f32x4.mul(sum, weight)
      v128.store(out + d, add ? f32x4.add(v128.load(out + d), sum) : sum)
    }
    out += outRow
  }
}

/** Lookups of one id. Rows of 4 and 8 numbers have loops without a loop in them. */
@inline
function copyRows(table: usize, row: usize, bytes: usize, ids: usize, bags: i32, out: usize, outRow: usize): void {
  const end = ids + (<usize>bags << 2)
  if (bytes == 16) {
    for (; ids < end; ids += 4) {
      v128.store(out, v128.load(table + <usize>load<u32>(ids) * row))
      out += outRow
    }
  } else if (bytes == 32) {
    for (; ids < end; ids += 4) {
      const from = table + <usize>load<u32>(ids) * row
      v128.store(out, v128.load(from))
      v128.store(out, v128.load(from, 16), 16)
      out += outRow
    }
  } else {
    for (; ids < end; ids += 4) {
      const from = table + <usize>load<u32>(ids) * row
      for (let d: usize = 0; d < bytes; d += 16) v128.store(out + d, v128.load(from + d))
      out += outRow
    }
  }
}

function bagsOfNumbers(
  table: usize,
  row: usize,
  ids: usize,
  offsets: usize,
  from: i32,
  bags: i32,
  combiner: i32,
  out: usize,
  outRow: usize,
  add: bool,
): void {
  for (let b = from; b < from + bags; b++) {
    const first = startOf(offsets, b)
    const end = endOf(offsets, b)
    let sum: f32 = 0
    for (let i = first; i < end; i++) sum += load<f32>(table + <usize>load<u32>(ids + (<usize>i << 2)) * row)
    sum *= weightOf(combiner, end - first)
    store<f32>(out, add ? load<f32>(out) + sum : sum)
    out += outRow
  }
}

/** counts [touched] = lookups of each row, counted `multiplicity`[bag] times; `multiplicity` 0 = once. See touchRows for `lookupPlaces`. */
export function countLookups(
  lookupPlaces: usize,
  offsets: usize,
  bags: i32,
  multiplicity: usize,
  touched: i32,
  counts: usize,
): void {
  memory.fill(counts, 0, <usize>touched << 2)
  for (let b = 0; b < bags; b++) {
    const weight = multiplicity ? load<i32>(multiplicity + (<usize>b << 2)) : 1
    const end = endOf(offsets, b)
    for (let i = startOf(offsets, b); i < end; i++) {
      const count = counts + (<usize>load<u32>(lookupPlaces + (<usize>i << 2)) << 2)
      store<i32>(count, load<i32>(count) + weight)
    }
  }
}

/** What the gradient of the touched rows starts from: gradient [touched × width] = l2 · counts · row, or 0. */
export function startRowGradient(
  table: usize,
  stride: usize,
  width: usize,
  rows: usize,
  counts: usize,
  touched: i32,
  l2: f32,
  gradient: usize,
): void {
  const bytes = width << 2
  if (l2 == 0) {
    memory.fill(gradient, 0, <usize>touched * bytes)
    return
  }
  for (let u: usize = 0; u < <usize>touched; u++) {
    const row = table + ((<usize>load<u32>(rows + (u << 2)) * stride) << 2)
    const shrink = l2 * <f32>load<i32>(counts + (u << 2))
    if (width == 1) store<f32>(gradient, shrink * load<f32>(row))
    else {
      const lanes = f32x4.splat(shrink)
      for (let d: usize = 0; d < bytes; d += 16) v128.store(gradient + d, f32x4.mul(lanes, v128.load(row + d)))
    }
    gradient += bytes
  }
}

/**
 * The gradient of the bags added to that of the rows that they looked up, in the order of the batch: gradient[lookupPlaces[i]] += weight ·
 * dOut[b]. Called for one piece of the batch after the other.
 */
export function embeddingBagGrad(
  dOut: usize,
  outStride: usize,
  width: usize,
  lookupPlaces: usize,
  offsets: usize,
  from: i32,
  bags: i32,
  combiner: i32,
  gradient: usize,
): void {
  const bytes = width << 2
  const outRow = outStride << 2
  if (!offsets && width > 1) {
    return addRows(dOut, outRow, bytes, lookupPlaces + (<usize>from << 2), bags, gradient)
  }
  for (let b = from; b < from + bags; b++) {
    const first = startOf(offsets, b)
    const end = endOf(offsets, b)
    const weight = weightOf(combiner, end - first)
    for (let i = first; i < end; i++) {
      const row = gradient + <usize>load<u32>(lookupPlaces + (<usize>i << 2)) * bytes
      if (width == 1) store<f32>(row, load<f32>(row) + weight * load<f32>(dOut))
      else {
        const lanes = f32x4.splat(weight)
        for (let d: usize = 0; d < bytes; d += 16) {
          v128.store(row + d, f32x4.add(v128.load(row + d), f32x4.mul(lanes, v128.load(dOut + d))))
        }
      }
    }
    dOut += outRow
  }
}

/** Lookups of one id. */
@inline
function addRows(dOut: usize, outRow: usize, bytes: usize, places: usize, bags: i32, gradient: usize): void {
  const end = places + (<usize>bags << 2)
  if (bytes == 32) {
    for (; places < end; places += 4) {
      const row = gradient + (<usize>load<u32>(places) << 5)
      v128.store(row, f32x4.add(v128.load(row), v128.load(dOut)))
      v128.store(row, f32x4.add(v128.load(row, 16), v128.load(dOut, 16)), 16)
      dOut += outRow
    }
  } else {
    for (; places < end; places += 4) {
      const row = gradient + <usize>load<u32>(places) * bytes
      for (let d: usize = 0; d < bytes; d += 16) {
        v128.store(row + d, f32x4.add(v128.load(row + d), v128.load(dOut + d)))
      }
      dOut += outRow
    }
  }
}
