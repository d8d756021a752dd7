/**
 * rows[i] = the i-th smallest of records[rows[…]], i < size. They are all different and below `count`, so they are sorted by marking each in a bitmap
 * (Bentley, Programming Pearls, column 1): marks [⌈count / 64⌉]. Where most of its words would be 0, a bitmap of the others behind it keeps a small batch of
 * many rows from reading all of it. Both are zeros before and after. `rows` has room for 8 more than `size`.
 */
export function sortRows(rows: usize, size: u32, records: usize, count: u32, marks: usize): void {
  const words = (count + 63) >> 6
  const end = rows + (<usize>size << 2)
  if (words < size) {
    for (let at = rows; at < end; at += 4) mark(marks, recordAt(records, at))
    for (let word: u32 = 0; word < words; word++) rows = takeWord(rows, marks, word, true)
    return
  }
  const used = marks + (<usize>words << 3)
  for (let at = rows; at < end; at += 4) {
    const record = recordAt(records, at)
    mark(marks, record)
    mark(used, record >> 6)
  }
  for (let group: u32 = 0; group < words; group += 64) {
    const place = used + (<usize>group >> 3)
    let left = load<u64>(place)
    store<u64>(place, 0)
    for (; left; left &= left - 1) rows = takeWord(rows, marks, group + u32(ctz(left)), false)
  }
}

@inline
function recordAt(records: usize, row: usize): u32 {
  return load<u32>(records + (<usize>load<u32>(row) << 2))
}

@inline
function mark(bitmap: usize, number: u32): void {
  const at = bitmap + (<usize>(number >> 6) << 3)
  store<u64>(at, load<u64>(at) | (<u64>1 << (number & 63)))
}

/** Writes the numbers marked in a word and clears it. Returns where the next ones go. */
@inline
function takeWord(to: usize, marks: usize, word: u32, dense: bool): usize {
  const at = marks + (<usize>word << 3)
  let left = load<u64>(at)
  store<u64>(at, 0)
  const first = word << 6
  const end = to + (<usize>popcnt(left) << 2)
  // No branch on how many there are, up to the usual: what is written beyond the end, the next word overwrites.
  do {
    left = takeBit(to, 0, first, left)
    left = takeBit(to, 4, first, left)
    if (dense) {
      left = takeBit(to, 8, first, left)
      left = takeBit(to, 12, first, left)
      left = takeBit(to, 16, first, left)
      left = takeBit(to, 20, first, left)
      left = takeBit(to, 24, first, left)
      left = takeBit(to, 28, first, left)
    }
    to += dense ? 32 : 8
  } while (left)
  return end
}

@inline
function takeBit(to: usize, at: usize, first: u32, left: u64): u64 {
  store<u32>(to + at, first + u32(ctz(left)))
  return left & (left - 1)
}
