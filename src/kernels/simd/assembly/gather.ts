/** Rows of the encoded data into a batch. `rows` [size], as gatherRows draws them. */

/** target[i] = values[rows[i]]: ids of a column that has one a row, labels of one number. */
export function gatherNumbers(target: usize, values: usize, rows: usize, size: u32): void {
  for (let i: usize = 0; i < <usize>size << 2; i += 4) {
    store<u32>(target + i, load<u32>(values + (<usize>load<u32>(rows + i) << 2)))
  }
}

/** target[i · stride + c] = values[rows[i] · columns + c], c < columns. */
export function gatherColumns(target: usize, stride: u32, values: usize, columns: u32, rows: usize, size: u32): void {
  const bytes = <usize>columns << 2
  for (let i: u32 = 0; i < size; i++) {
    const from = values + <usize>load<u32>(rows + (<usize>i << 2)) * bytes
    for (let c: usize = 0; c < bytes; c += 4) store<u32>(target + c, load<u32>(from + c))
    target += <usize>stride << 2
  }
}

/** Bags of a column that has several ids a row, or none: target [size + 1], first lookup of each. Returns the number of lookups. */
export function gatherOffsets(target: usize, offsets: usize, rows: usize, size: u32): u32 {
  let lookups: u32 = 0
  for (let i: usize = 0; i < <usize>size << 2; i += 4) {
    store<u32>(target + i, lookups)
    const row = offsets + (<usize>load<u32>(rows + i) << 2)
    lookups += load<u32>(row, 4) - load<u32>(row)
  }
  store<u32>(target + (<usize>size << 2), lookups)
  return lookups
}

/** Their ids. */
export function gatherBags(target: usize, ids: usize, offsets: usize, rows: usize, size: u32): void {
  for (let i: usize = 0; i < <usize>size << 2; i += 4) {
    const row = offsets + (<usize>load<u32>(rows + i) << 2)
    const end = ids + (<usize>load<u32>(row, 4) << 2)
    for (let from = ids + (<usize>load<u32>(row) << 2); from < end; from += 4) {
      store<u32>(target, load<u32>(from))
      target += 4
    }
  }
}
