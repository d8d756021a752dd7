// The last columns of the inputs: the numbers of each example, the 1 that the bias multiplies, and zeros up to a multiple of 4.
//
// One thread per (b, column).
//
//   batches  [steps, batchStride]  u32   numbers [B, NUMBERS] as bits
//   inputs   [B, WIDTH]            f32   from column FIRST on

override FIRST : u32;
override NUMBERS : u32;
override WIDTH : u32;

struct Layout {
  dense : u32,
  batchStride : u32,
}

@group(0) @binding(1) var<uniform> places : Layout;
@group(0) @binding(2) var<storage, read> batches : array<u32>;
@group(0) @binding(3) var<storage, read_write> inputs : array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let thread = threadOf(group, groups, local);
  let b = thread / (WIDTH - FIRST);
  let n = thread % (WIDTH - FIRST);
  if (b >= current.size) { return; }
  var value = select(0.0, 1.0, n == NUMBERS);
  if (n < NUMBERS) {
    value = bitcast<f32>(batches[current.place * places.batchStride + places.dense + b * NUMBERS + n]);
  }
  inputs[b * WIDTH + FIRST + n] = value;
}
