/** Rows of the encoded data into a batch. Everything known of a row is one record, so that a row drawn comes from memory in one piece. */

/**
 * Word w of record rows[i] goes to targets[w]: pairs of a pointer and the bytes from one example to the next. `rows` [size] are record numbers.
 */
export function gatherRecords(records: usize, words: u32, rows: usize, size: u32, targets: usize): void {
  if (words == 3) return gatherThree(records, rows, size, targets)
  const bytes = <usize>words << 2
  for (let i: usize = 0; i < size; i++) {
    const record = records + <usize>load<u32>(rows + (i << 2)) * bytes
    for (let w: usize = 0; w < words; w++) {
      const target = targets + (w << 3)
      store<u32>(load<usize>(target) + i * load<usize>(target, 4), load<u32>(record + (w << 2)))
    }
  }
}

/** Two ids and a label. */
function gatherThree(records: usize, rows: usize, size: u32, targets: usize): void {
  let first = load<usize>(targets)
  let second = load<usize>(targets, 8)
  let third = load<usize>(targets, 16)
  const firstStep = load<usize>(targets, 4)
  const secondStep = load<usize>(targets, 12)
  const thirdStep = load<usize>(targets, 20)
  for (let i: usize = 0; i < size; i++) {
    const record = records + <usize>load<u32>(rows + (i << 2)) * 12
    store<u32>(first, load<u32>(record))
    store<u32>(second, load<u32>(record, 4))
    store<u32>(third, load<u32>(record, 8))
    first += firstStep
    second += secondStep
    third += thirdStep
  }
}

/** offsets [size + 1] of bags with ids from firsts[i] to ends[i]. Returns the number of lookups. */
export function bagOffsets(offsets: usize, firsts: usize, ends: usize, size: u32): u32 {
  let lookups: u32 = 0
  for (let i: usize = 0; i < <usize>size << 2; i += 4) {
    store<u32>(offsets + i, lookups)
    lookups += load<u32>(ends + i) - load<u32>(firsts + i)
  }
  store<u32>(offsets + (<usize>size << 2), lookups)
  return lookups
}

/** Their ids, one bag after the other. */
export function gatherBags(target: usize, ids: usize, firsts: usize, ends: usize, size: u32): void {
  for (let i: usize = 0; i < <usize>size << 2; i += 4) {
    const end = ids + (<usize>load<u32>(ends + i) << 2)
    for (let from = ids + (<usize>load<u32>(firsts + i) << 2); from < end; from += 4) {
      store<u32>(target, load<u32>(from))
      target += 4
    }
  }
}
