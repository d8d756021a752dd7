// The bags of a column with several ids a row, for the rows drawn: offsets [B + 1], and their ids one bag after the other.
//
// One workgroup per step s. Each thread owns B / 32 bags in a row: it counts their ids, the counts are summed over the
// threads before it, and it copies.
//
//   rows     [steps, capacity]     u32
//   starts   [data rows + 1]       u32   first id of each row of the data
//   ids      [lookups of the data] u32
//   batches  [steps, batchStride]  u32

struct Layout {
  ids : u32,
  offsets : u32,
  batchStride : u32,
}

@group(0) @binding(1) var<uniform> bags : Layout;
@group(0) @binding(2) var<storage, read> rows : array<u32>;
@group(0) @binding(3) var<storage, read> starts : array<u32>;
@group(0) @binding(4) var<storage, read> ids : array<u32>;
@group(0) @binding(5) var<storage, read_write> batches : array<u32>;

const THREADS = 32u;
var<workgroup> counts : array<u32, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group : vec3u, @builtin(local_invocation_index) thread : u32) {
  let place = group.x;
  let size = sizeOf(place);
  let share = (size + THREADS - 1u) / THREADS;
  let first = min(thread * share, size);
  let end = min(first + share, size);
  let begin = place * draw.capacity;
  let to = place * bags.batchStride;

  var count = 0u;
  for (var i = first; i < end; i++) {
    let row = rows[begin + i];
    count += starts[row + 1u] - starts[row];
  }
  counts[thread] = count;
  workgroupBarrier();

  var at = 0u;
  for (var before = 0u; before < thread; before++) { at += counts[before]; }
  for (var i = first; i < end; i++) {
    let row = rows[begin + i];
    batches[to + bags.offsets + i] = at;
    for (var k = starts[row]; k < starts[row + 1u]; k++) {
      batches[to + bags.ids + at] = ids[k];
      at++;
    }
  }
  if (thread == THREADS - 1u) { batches[to + bags.offsets + size] = at; }
}
