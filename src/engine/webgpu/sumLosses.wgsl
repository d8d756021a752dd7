// total += Σ of the losses of all examples of all steps of a submit.
//
// `perStep`: one workgroup per step; each thread adds every 64th example, and the first adds up the threads. `overSteps`: one thread,
// in the order of the steps, so that the total does not depend on how steps were split into submits.
//
//   losses  [steps, capacity]  f32
//   sums    [steps]            f32
//   total   [1]                f32

struct Layout {
  capacity : u32,
}

@group(0) @binding(1) var<uniform> places : Layout;
@group(0) @binding(2) var<storage, read> losses : array<f32>;
@group(0) @binding(3) var<storage, read_write> sums : array<f32>;
@group(0) @binding(4) var<storage, read_write> total : array<f32>;

const THREADS = 64u;
var<workgroup> parts : array<f32, THREADS>;

@compute @workgroup_size(THREADS)
fn perStep(@builtin(workgroup_id) group : vec3u, @builtin(local_invocation_index) thread : u32) {
  var sum = 0.0;
  for (var b = thread; b < sizeOf(group.x); b += THREADS) {
    sum += losses[group.x * places.capacity + b];
  }
  parts[thread] = sum;
  workgroupBarrier();
  if (thread > 0u) { return; }
  for (var i = 1u; i < THREADS; i++) { sum += parts[i]; }
  sums[group.x] = sum;
}

@compute @workgroup_size(1)
fn overSteps() {
  var sum = total[0];
  for (var place = 0u; place < draw.steps; place++) { sum += sums[place]; }
  total[0] = sum;
}
