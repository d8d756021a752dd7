/**
 * Examples of a batch with the same ids have the same outputs, and are computed once: groups of them, split column by column. Nothing is
 * approximate: a hash only says where to look. Groups are numbered in the order of first occurrence.
 */

/**
 * Splits groups by one more column: groupOf [size] in, `split` [size] out. `slots` [slotCount] is scratch, slotCount a power of 2 of at least
 * 2 · size. Returns the number of groups.
 */
export function splitGroups(groupOf: usize, ids: usize, size: i32, split: usize, slots: usize, slotCount: u32): i32 {
  memory.fill(slots, 0xff, <usize>slotCount << 2)
  const mask = slotCount - 1
  let groups = 0
  for (let b = 0; b < size; b++) {
    const at = <usize>b << 2
    const group = load<u32>(groupOf + at)
    const id = load<u32>(ids + at)
    let hash = (group * 0x9e3779b1) ^ (id * 0x85ebca77)
    hash ^= hash >>> 15
    for (;;) {
      const slot = slots + (<usize>(hash & mask) << 2)
      const first = load<i32>(slot)
      if (first < 0) {
        store<i32>(slot, b)
        store<i32>(split + at, groups++)
        break
      }
      const other = <usize>first << 2
      if (load<u32>(groupOf + other) == group && load<u32>(ids + other) == id) {
        store<i32>(split + at, load<i32>(split + other))
        break
      }
      hash++
    }
  }
  return groups
}

/** out[g] = ids of the group's first example. `starts` and `examples`: see sortLookups. */
export function firstOfGroups(ids: usize, starts: usize, examples: usize, groups: i32, out: usize): void {
  for (let g: usize = 0; g < <usize>groups << 2; g += 4) {
    const example = load<u32>(examples + (<usize>load<u32>(starts + g) << 2))
    store<u32>(out + g, load<u32>(ids + (<usize>example << 2)))
  }
}

/**
 * counts [rows × columns] = examples of each class in groups `from` … `from + rows − 1`. `classes` [examples]: class numbers as floats.
 * `starts` and `examples` 0: every example is a group of its own.
 */
export function countClasses(
  classes: usize,
  starts: usize,
  examples: usize,
  from: i32,
  rows: i32,
  columns: usize,
  counts: usize,
): void {
  memory.fill(counts, 0, (<usize>rows * columns) << 2)
  for (let g = from; g < from + rows; g++) {
    const end = starts ? load<i32>(starts + (<usize>g << 2), 4) : g + 1
    for (let i = starts ? load<i32>(starts + (<usize>g << 2)) : g; i < end; i++) {
      const example = examples ? load<i32>(examples + (<usize>i << 2)) : i
      const at = counts + (<usize>load<f32>(classes + (<usize>example << 2)) << 2)
      store<f32>(at, load<f32>(at) + 1)
    }
    counts += columns << 2
  }
}
