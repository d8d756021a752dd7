/**
 * Reads one number of every 64 bytes of rows[0] … rows[count − 1], `stride` floats each: they are in the cache afterwards. Nothing here waits for anything, so
 * many lines are on their way at once; a kernel that works on the rows has two or three. Returns a number that says nothing, or the compiler would leave
 * all of it out.
 */
export function fetchRows(table: usize, stride: u32, rows: usize, count: u32): u32 {
  const end = rows + (<usize>count << 2)
  const bytes = <usize>stride << 2
  let any: u32 = 0
  for (; rows < end; rows += 4) {
    const row = table + <usize>load<u32>(rows) * bytes
    for (let at: usize = 0; at < bytes; at += 64) any |= load<u32>(row + at)
  }
  return any
}
