// Optimizer step in place on the rows that have a gradient: after rowGradient or denseGradient, which say what it is, and
// applyGradient of an optimizer that treats every element by itself.
//
// One thread per (row, d) of the gradient. Rows are distinct, so no two threads write the same element. `shortRows` takes what one thread
// can sum; `longRows`, a dispatch later, the rows that were cut into pieces.

@compute @workgroup_size(64)
fn shortRows(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let thread = threadOf(group, groups, local);
  let d = thread % DIM;
  let element = shortElement(thread / DIM, d);
  if (element.updates) { applyGradient(element.row * DIM + d, element.g); }
}

@compute @workgroup_size(64)
fn longRows(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let thread = threadOf(group, groups, local);
  let d = thread % DIM;
  let element = longElement(thread / DIM, d);
  if (element.updates) { applyGradient(element.row * DIM + d, element.g); }
}
