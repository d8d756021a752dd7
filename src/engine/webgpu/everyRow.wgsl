// What an optimizer does to every element of a parameter, whether it has a gradient or not: `decay` before a step's gradients are added to the
// slots, `shift` after. decayElement and moveElement are the optimizer's, and the slots, from binding 2 on. One thread per element.
//
//   weights, slots  [V, dim]  f32

@group(0) @binding(1) var<storage, read_write> weights : array<f32>;

override ELEMENTS : u32;

@compute @workgroup_size(64)
fn decay(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let at = threadOf(group, groups, local);
  if (at < ELEMENTS) { decayElement(at); }
}

@compute @workgroup_size(64)
fn shift(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let at = threadOf(group, groups, local);
  if (at < ELEMENTS) { moveElement(at); }
}
