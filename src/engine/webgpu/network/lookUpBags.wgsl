// out[b, d] = w(b) · Σ table[ids[i], d] over the lookups i of bag b, in their order; 0 for an empty bag.
//
// One thread per (b, d).
//
//   batches  [steps, batchStride]  u32     ids, and offsets where there are bags
//   table    [V, DIM]              Vector
//   out      [B, outStride]        Vector  from `out` on; with ADDS the sum is added to what is there

/// Vectors of a row.
override DIM : u32;
override BAGS : bool;
override ADDS : bool;

struct Layout {
  ids : u32,
  offsets : u32,
  batchStride : u32,
  combiner : u32,
  out : u32,
  outStride : u32,
}

@group(0) @binding(1) var<uniform> lookup : Layout;
@group(0) @binding(2) var<storage, read> batches : array<u32>;
@group(0) @binding(3) var<storage, read> table : array<Vector>;
@group(0) @binding(4) var<storage, read_write> out : array<Vector>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let thread = threadOf(group, groups, local);
  let b = thread / DIM;
  let d = thread % DIM;
  if (b >= current.size) { return; }
  let batch = current.place * lookup.batchStride;
  var sum = Vector();
  if (BAGS) {
    let first = batches[batch + lookup.offsets + b];
    let end = batches[batch + lookup.offsets + b + 1u];
    for (var i = first; i < end; i++) { sum += table[batches[batch + lookup.ids + i] * DIM + d]; }
    sum *= combinerWeight(lookup.combiner, end - first);
  } else {
    sum = table[batches[batch + lookup.ids + b] * DIM + d];
  }
  let at = lookup.out + b * lookup.outStride + d;
  if (ADDS) { sum += out[at]; }
  out[at] = sum;
}
