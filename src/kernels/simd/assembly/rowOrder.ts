/** The keyed permutation of ../../../columns/rowOrder.ts, number for number. */

@inline
function mix(half: u32, key: u32): u32 {
  let h: u32 = (half ^ key) * 0x9e3779b1
  h = (h ^ (h >>> 15)) * 0x85ebca77
  h = (h ^ (h >>> 13)) * 0xc2b2ae3d
  return h ^ (h >>> 16)
}

/**
 * rows[i] = trainRows[π(position + i)] for i in 0 … size − 1, where π permutes 0 … count − 1.
 * `keys` points to four u32; `bits` = half the bits of the permuted range.
 */
export function gatherRows(
  rows: usize,
  trainRows: usize,
  position: u32,
  size: u32,
  count: u32,
  bits: u32,
  keys: usize,
): void {
  const mask: u32 = (1 << bits) - 1
  const k0 = load<u32>(keys)
  const k1 = load<u32>(keys, 4)
  const k2 = load<u32>(keys, 8)
  const k3 = load<u32>(keys, 12)
  for (let i: u32 = 0; i < size; i++) {
    let at = position + i
    do {
      let left = at >>> bits
      let right = at & mask
      left ^= mix(right, k0) & mask
      right ^= mix(left, k1) & mask
      left ^= mix(right, k2) & mask
      right ^= mix(left, k3) & mask
      at = (left << bits) | right
    } while (at >= count)
    store<u32>(rows + ((<usize>i) << 2), load<u32>(trainRows + ((<usize>at) << 2)))
  }
}
