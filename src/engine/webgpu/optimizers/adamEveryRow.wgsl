// What TensorFlow 1's Adam does to every row: `decay` before a step's gradients are added to the moments, `shift` after.
// m ·= 0.9, v ·= 0.999; weights −= rate · m / (√v + 1e-8). One thread per element.
//
//   weights, m, v  [V, dim]  f32

@group(0) @binding(1) var<storage, read_write> weights : array<f32>;
@group(0) @binding(2) var<storage, read_write> m : array<f32>;
@group(0) @binding(3) var<storage, read_write> v : array<f32>;

override ELEMENTS : u32;

@compute @workgroup_size(64)
fn decay(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let at = threadOf(group, groups, local);
  if (at >= ELEMENTS) { return; }
  m[at] *= 0.9;
  v[at] *= 0.999;
}

@compute @workgroup_size(64)
fn shift(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let at = threadOf(group, groups, local);
  if (at >= ELEMENTS) { return; }
  weights[at] -= current.rate * m[at] / (sqrt(v[at]) + 1e-8);
}
