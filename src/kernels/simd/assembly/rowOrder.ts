/** The keyed permutation of ../../../columns/rowOrder.ts, number for number, four positions at a time. */

/** Four numbers mixed with a key. */
@inline
function mix(half: v128, key: v128): v128 {
  let h = i32x4.mul(v128.xor(half, key), i32x4.splat(0x9e3779b1))
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), i32x4.splat(0x85ebca77))
  return v128.xor(h, i32x4.shr_u(h, 13))
}

/** Four rounds over a left and a right half; the right one has `rightBits`. */
@inline
function permute(at: v128, rightBits: u32, leftMask: v128, rightMask: v128, keys: usize): v128 {
  let left = i32x4.shr_u(at, rightBits)
  let right = v128.and(at, rightMask)
  left = v128.xor(left, v128.and(mix(right, v128.load32_splat(keys)), leftMask))
  right = v128.xor(right, v128.and(mix(left, v128.load32_splat(keys, 4)), rightMask))
  left = v128.xor(left, v128.and(mix(right, v128.load32_splat(keys, 8)), leftMask))
  right = v128.xor(right, v128.and(mix(left, v128.load32_splat(keys, 12)), rightMask))
  return v128.or(i32x4.shl(left, rightBits), right)
}

/**
 * rows[i] = π(position + i) for i in 0 … size − 1, where π permutes 0 … count − 1. `keys` points to four u32; `bits` of the permuted
 * range; `rows` and `pending` have room for `size` and 4 more.
 *
 * A walk that ends beyond `count` goes on from there. All walks take their first step together, then all that must go on their second, and so on:
 * no branch depends on where a walk ends.
 */
export function drawRows(
  rows: usize, position: u32, size: u32, count: u32, bits: u32, keys: usize, pending: usize,
): void {
  const rightBits = (bits + 1) >> 1
  const leftMask = i32x4.splat((1 << (bits >> 1)) - 1)
  const rightMask = i32x4.splat((1 << rightBits) - 1)
  let at = i32x4.add(i32x4.splat(position), i32x4(0, 1, 2, 3))
  let waiting: u32 = 0
  for (let i: u32 = 0; i < size; i += 4) {
    const to = permute(at, rightBits, leftMask, rightMask, keys)
    v128.store(rows + (<usize>i << 2), to)
    waiting = wait(pending, waiting, i, u32(i32x4.extract_lane(to, 0)) >= count)
    waiting = wait(pending, waiting, i + 1, i + 1 < size && u32(i32x4.extract_lane(to, 1)) >= count)
    waiting = wait(pending, waiting, i + 2, i + 2 < size && u32(i32x4.extract_lane(to, 2)) >= count)
    waiting = wait(pending, waiting, i + 3, i + 3 < size && u32(i32x4.extract_lane(to, 3)) >= count)
    at = i32x4.add(at, i32x4.splat(4))
  }
  while (waiting > 0) {
    const walking = waiting
    // The last one fills its group of four: its number is written several times, always the same.
    const last = load<u32>(pending + (<usize>(walking - 1) << 2))
    for (let j = walking; j & 3; j++) store<u32>(pending + (<usize>j << 2), last)
    waiting = 0
    for (let j: u32 = 0; j < walking; j += 4) {
      const group = pending + (<usize>j << 2)
      const i0 = load<u32>(group)
      const i1 = load<u32>(group, 4)
      const i2 = load<u32>(group, 8)
      const i3 = load<u32>(group, 12)
      let from = v128.load32_zero(rows + (<usize>i0 << 2))
      from = v128.load_lane<u32>(rows + (<usize>i1 << 2), from, 1)
      from = v128.load_lane<u32>(rows + (<usize>i2 << 2), from, 2)
      from = v128.load_lane<u32>(rows + (<usize>i3 << 2), from, 3)
      const to = permute(from, rightBits, leftMask, rightMask, keys)
      v128.store_lane<u32>(rows + (<usize>i0 << 2), to, 0)
      v128.store_lane<u32>(rows + (<usize>i1 << 2), to, 1)
      v128.store_lane<u32>(rows + (<usize>i2 << 2), to, 2)
      v128.store_lane<u32>(rows + (<usize>i3 << 2), to, 3)
      waiting = wait(pending, waiting, i0, u32(i32x4.extract_lane(to, 0)) >= count)
      waiting = wait(pending, waiting, i1, j + 1 < walking && u32(i32x4.extract_lane(to, 1)) >= count)
      waiting = wait(pending, waiting, i2, j + 2 < walking && u32(i32x4.extract_lane(to, 2)) >= count)
      waiting = wait(pending, waiting, i3, j + 3 < walking && u32(i32x4.extract_lane(to, 3)) >= count)
    }
  }
}

/** Puts i on the list, and keeps it there if it must go on. */
@inline
function wait(pending: usize, waiting: u32, i: u32, goesOn: bool): u32 {
  store<u32>(pending + (<usize>waiting << 2), i)
  return waiting + u32(goesOn)
}

/** The same rows in no order: what is drawn outside moves to a list of its own, and no row remembers its place. */
export function drawRowSet(
  rows: usize, position: u32, size: u32, count: u32, bits: u32, keys: usize, pending: usize,
): void {
  const rightBits = (bits + 1) >> 1
  const leftMask = i32x4.splat((1 << (bits >> 1)) - 1)
  const rightMask = i32x4.splat((1 << rightBits) - 1)
  const limit = i32x4.splat(count)
  let at = i32x4.add(i32x4.splat(position), i32x4(0, 1, 2, 3))
  let waiting = pending
  for (let i: u32 = 0; i < size; i += 4) {
    const to = permute(at, rightBits, leftMask, rightMask, keys)
    const lanes = lanesOf(size - i)
    const outside = i32x4.bitmask(i32x4.ge_u(to, limit))
    rows = append(rows, to, lanes & ~outside)
    waiting = append(waiting, to, lanes & outside)
    at = i32x4.add(at, i32x4.splat(4))
  }
  while (waiting > pending) {
    const end = waiting
    waiting = pending
    for (let from = pending; from < end; from += 16) {
      const to = permute(v128.load(from), rightBits, leftMask, rightMask, keys)
      const lanes = lanesOf(u32(end - from) >> 2)
      const outside = i32x4.bitmask(i32x4.ge_u(to, limit))
      rows = append(rows, to, lanes & ~outside)
      waiting = append(waiting, to, lanes & outside)
    }
  }
}

/** Bits of the first `count` lanes. */
@inline
function lanesOf(count: u32): i32 {
  return (1 << min(count, 4)) - 1
}

/** Writes the chosen lanes side by side, and whatever behind them; returns where the next ones go. */
@inline
function append(to: usize, numbers: v128, lanes: i32): usize {
  v128.store(to, i8x16.swizzle(numbers, v128.load(CHOICES + (<usize>lanes << 4))))
  return to + (<usize>popcnt(lanes) << 2)
}

/** For each choice of four lanes, the bytes of those chosen, in their order. */
const CHOICES = memory.data<u32>([
  0x00000000, 0x00000000, 0x00000000, 0x00000000,
  0x03020100, 0x00000000, 0x00000000, 0x00000000,
  0x07060504, 0x00000000, 0x00000000, 0x00000000,
  0x03020100, 0x07060504, 0x00000000, 0x00000000,
  0x0b0a0908, 0x00000000, 0x00000000, 0x00000000,
  0x03020100, 0x0b0a0908, 0x00000000, 0x00000000,
  0x07060504, 0x0b0a0908, 0x00000000, 0x00000000,
  0x03020100, 0x07060504, 0x0b0a0908, 0x00000000,
  0x0f0e0d0c, 0x00000000, 0x00000000, 0x00000000,
  0x03020100, 0x0f0e0d0c, 0x00000000, 0x00000000,
  0x07060504, 0x0f0e0d0c, 0x00000000, 0x00000000,
  0x03020100, 0x07060504, 0x0f0e0d0c, 0x00000000,
  0x0b0a0908, 0x0f0e0d0c, 0x00000000, 0x00000000,
  0x03020100, 0x0b0a0908, 0x0f0e0d0c, 0x00000000,
  0x07060504, 0x0b0a0908, 0x0f0e0d0c, 0x00000000,
  0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c,
])
