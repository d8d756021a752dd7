// parts[c, i, j] = Σ inputs[b, i] · dOut[b, j] over the examples b of chunk c, in order: the gradient of a kernel, in parts that many
// threads can add.
//
// One thread per (chunk, four inputs, four units).
//
//   inputs  [B, INPUTS]                   vec4f
//   dOut    [B, OUT]                      vec4f
//   parts   [chunks, 4 INPUTS, KERNEL]    vec4f

/// Vectors of 4 in a row.
override INPUTS : u32;
override KERNEL : u32;
override OUT : u32;
/// Examples of a chunk.
override CHUNK : u32;

@group(0) @binding(1) var<storage, read> inputs : array<vec4f>;
@group(0) @binding(2) var<storage, read> dOut : array<vec4f>;
@group(0) @binding(3) var<storage, read_write> parts : array<vec4f>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let thread = threadOf(group, groups, local);
  let j = thread % KERNEL;
  let i = thread / KERNEL % INPUTS;
  let chunk = thread / KERNEL / INPUTS;
  if (chunk * CHUNK >= current.size) { return; }
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var b = chunk * CHUNK; b < min((chunk + 1u) * CHUNK, current.size); b++) {
    let x = inputs[b * INPUTS + i];
    let d = dOut[b * OUT + j];
    sum0 += x.x * d;
    sum1 += x.y * d;
    sum2 += x.z * d;
    sum3 += x.w * d;
  }
  let to = (chunk * 4u * INPUTS + 4u * i) * KERNEL + j;
  parts[to] = sum0;
  parts[to + KERNEL] = sum1;
  parts[to + 2u * KERNEL] = sum2;
  parts[to + 3u * KERNEL] = sum3;
}
