// dInputs[b, i] = activation'(inputs[b, i]) · Σ dOut[b, j] · kernel[i, j] over the units j in order; 0 for i behind the real inputs.
//
// One thread per four examples and four inputs.
//
//   dOut     [B, OUT]            vec4f
//   kernel   [4 INPUTS, KERNEL]  vec4f
//   inputs   [B, INPUTS]         vec4f   activated
//   dInputs  [B, INPUTS]         vec4f

/// Vectors of 4 in a row.
override INPUTS : u32;
override KERNEL : u32;
override OUT : u32;
/// Inputs that are units of the layer before, or columns: without bias and padding.
override REAL : u32;
/// Of the layer before: 0 none, 1 relu, 2 tanh.
override ACTIVATION : u32;

@group(0) @binding(1) var<storage, read> dOut : array<vec4f>;
@group(0) @binding(2) var<storage, read> kernel : array<vec4f>;
@group(0) @binding(3) var<storage, read> inputs : array<vec4f>;
@group(0) @binding(4) var<storage, read_write> dInputs : array<vec4f>;

fn finish(b : u32, i : u32, sum : vec4f) {
  var slope = vec4f(1.0);
  if (ACTIVATION != 0u) {
    let y = inputs[b * INPUTS + i];
    slope = select(1.0 - y * y, select(vec4f(), vec4f(1.0), y > vec4f()), ACTIVATION == 1u);
  }
  let real = 4u * i + vec4u(0u, 1u, 2u, 3u) < vec4u(REAL);
  dInputs[b * INPUTS + i] = select(vec4f(), slope * sum, real);
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let thread = threadOf(group, groups, local);
  let b = 4u * (thread / INPUTS);
  let i = thread % INPUTS;
  if (b >= current.size) { return; }
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var j = 0u; j < KERNEL; j++) {
    // Vector times matrix: the dot product with each of four rows of the kernel.
    let k = mat4x4f(
      kernel[4u * i * KERNEL + j],
      kernel[(4u * i + 1u) * KERNEL + j],
      kernel[(4u * i + 2u) * KERNEL + j],
      kernel[(4u * i + 3u) * KERNEL + j],
    );
    sum0 += dOut[b * OUT + j] * k;
    sum1 += dOut[(b + 1u) * OUT + j] * k;
    sum2 += dOut[(b + 2u) * OUT + j] * k;
    sum3 += dOut[(b + 3u) * OUT + j] * k;
  }
  finish(b, i, sum0);
  finish(b + 1u, i, sum1);
  finish(b + 2u, i, sum2);
  finish(b + 3u, i, sum3);
}
