// batches[s, at + i · stride + j] = source[rows[s, i] · width + j], j < width: one id, the labels, or a number of each row drawn.
// Floats travel as the bits that they are.
//
// One thread per (step s, i).
//
//   rows     [steps, capacity]     u32
//   source   [data rows, width]    u32
//   batches  [steps, batchStride]  u32

struct Layout {
  width : u32,
  stride : u32,
  at : u32,
  batchStride : u32,
}

@group(0) @binding(1) var<uniform> gather : Layout;
@group(0) @binding(2) var<storage, read> rows : array<u32>;
@group(0) @binding(3) var<storage, read> source : array<u32>;
@group(0) @binding(4) var<storage, read_write> batches : array<u32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let thread = threadOf(group, groups, local);
  let place = thread / draw.capacity;
  let i = thread % draw.capacity;
  if (place >= draw.steps || i >= sizeOf(place)) { return; }
  let begin = rows[thread] * gather.width;
  let to = place * gather.batchStride + gather.at + i * gather.stride;
  for (var j = 0u; j < gather.width; j++) {
    batches[to + j] = source[begin + j];
  }
}
