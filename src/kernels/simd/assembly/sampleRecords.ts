/** What `trainRecords` reads, of rows drawn: ids to addresses, and a label less what is predicted of everybody. */

/**
 * records[i] = {users + userStride · userIds[i], items + itemStride · itemIds[i], labels[i] − mean}, i < size. Strides in bytes; `mean` points to it. Returns
 * how many were written: fewer than `size` where an id is not one of `userRows` or `itemRows`.
 */
export function sampleRecords(
  records: usize,
  userIds: usize,
  users: usize,
  userStride: u32,
  userRows: u32,
  itemIds: usize,
  items: usize,
  itemStride: u32,
  itemRows: u32,
  labels: usize,
  mean: usize,
  size: u32,
): u32 {
  const less = load<f32>(mean)
  for (let i: u32 = 0; i < size; i++) {
    const at = (<usize>i) << 2
    const user = load<u32>(userIds + at)
    const item = load<u32>(itemIds + at)
    if (user >= userRows || item >= itemRows) return i
    store<u32>(records, <u32>users + user * userStride)
    store<u32>(records, <u32>items + item * itemStride, 4)
    store<f32>(records, load<f32>(labels + at) - less, 8)
    records += 12
  }
  return size
}
