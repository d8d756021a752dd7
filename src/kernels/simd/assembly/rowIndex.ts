/**
 * The lookups of a batch by the table row that they touch: ../../rowIndex.ts in two halves, as most steps need only the first.
 *
 * N lookups, B bags, V rows of the table, U rows touched. Which rows a batch has touched is a sparse set (Briggs and Torczon 1993): row r is in
 * it when places[r] < U and rows[places[r]] = r. Whatever an earlier batch left in `places` fails that test, so nothing is ever cleared, and the
 * table costs one number a row.
 */

/**
 * Numbers the rows touched in the order of their first touch: rows [U], and lookupPlaces [N], the number of each lookup's row.
 * `places` [V] starts as zeros and belongs to one column for good; `rows` has room for N.
 * Returns U, or −1 − i when ids[i] is not a row of the table.
 */
export function touchRows(
  ids: usize,
  lookups: i32,
  tableRows: u32,
  places: usize,
  rows: usize,
  lookupPlaces: usize,
): i32 {
  let touched: u32 = 0
  for (let i = 0; i < lookups; i++) {
    const row = load<u32>(ids + (<usize>i << 2))
    if (row >= tableRows) return -1 - i
    const at = places + (<usize>row << 2)
    const place = load<u32>(at)
    // No branch on what is random: about every second lookup is a first touch.
    const known = u32(place < touched) & u32(load<u32>(rows + (<usize>place << 2)) == row)
    const u = known ? place : touched
    store<u32>(at, u)
    store<u32>(rows + (<usize>u << 2), row)
    store<u32>(lookupPlaces + (<usize>i << 2), u)
    touched += 1 - known
  }
  return touched
}

/** As touchRows, of ids in ascending order; the only difference is what it costs. */
export function touchSortedRows(
  ids: usize,
  lookups: i32,
  tableRows: u32,
  places: usize,
  rows: usize,
  lookupPlaces: usize,
): i32 {
  let u: u32 = -1
  let last: u32 = -1
  for (let i = 0; i < lookups; i++) {
    const row = load<u32>(ids + (<usize>i << 2))
    if (row >= tableRows) return -1 - i
    u += u32(row != last)
    last = row
    store<u32>(places + (<usize>row << 2), u)
    store<u32>(rows + (<usize>u << 2), row)
    store<u32>(lookupPlaces + (<usize>i << 2), u)
  }
  return u + 1
}

/**
 * The second half: starts [U + 1], first position of each row in `bags` [N], the bag of each lookup sorted by row and, within it, in the order
 * of the batch; counts [U], lookups of each row, counted `multiplicity`[bag] times.
 * `offsets` [B + 1] and `multiplicity` [B] may be 0: one lookup a bag; every bag counts once. `starts` has room for U + 2.
 */
export function sortLookups(
  lookupPlaces: usize,
  offsets: usize,
  bagCount: i32,
  multiplicity: usize,
  touched: i32,
  starts: usize,
  bags: usize,
  counts: usize,
): void {
  memory.fill(starts, 0, (<usize>touched + 2) << 2)
  memory.fill(counts, 0, <usize>touched << 2)
  // starts[u + 2] counts; summed up, starts[u + 1] is the first position of row u, and walks to its end.
  for (let b = 0; b < bagCount; b++) {
    const end = endOf(offsets, b)
    const weight = multiplicity ? load<i32>(multiplicity + (<usize>b << 2)) : 1
    for (let i = startOf(offsets, b); i < end; i++) {
      const u = <usize>load<u32>(lookupPlaces + (<usize>i << 2)) << 2
      store<i32>(starts + u, load<i32>(starts + u, 8) + 1, 8)
      store<i32>(counts + u, load<i32>(counts + u) + weight)
    }
  }
  let sum = 0
  for (let u: usize = 0; u < <usize>touched << 2; u += 4) {
    sum += load<i32>(starts + u, 8)
    store<i32>(starts + u, sum, 8)
  }
  for (let b = 0; b < bagCount; b++) {
    const end = endOf(offsets, b)
    for (let i = startOf(offsets, b); i < end; i++) {
      const u = <usize>load<u32>(lookupPlaces + (<usize>i << 2)) << 2
      const at = load<i32>(starts + u, 4)
      store<i32>(starts + u, at + 1, 4)
      store<i32>(bags + (<usize>at << 2), b)
    }
  }
}

@inline
export function startOf(offsets: usize, bag: i32): i32 {
  return offsets ? load<i32>(offsets + (<usize>bag << 2)) : bag
}

@inline
export function endOf(offsets: usize, bag: i32): i32 {
  return offsets ? load<i32>(offsets + (<usize>bag << 2), 4) : bag + 1
}
