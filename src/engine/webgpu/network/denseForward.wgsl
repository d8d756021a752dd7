// out[b, j] = activation(Σ inputs[b, i] · kernel[i, j]), i over all inputs in order, the last of which is the 1 of the bias.
//
// One thread per four examples and four units, from memory in vectors of 4: 8 loads for 64 products. Columns behind the units are the next
// layer's bias (1), then 0.
//
//   inputs  [B, INPUTS]  vec4f   B rounded up to a multiple of 4: rows behind the batch are computed and not used
//   kernel  [4 INPUTS, KERNEL]  vec4f
//   out     [B, OUT]     vec4f   with ADDS: holds sums of indicator rows, which are added

/// Vectors of 4 in a row.
override INPUTS : u32;
override KERNEL : u32;
override OUT : u32;
/// Units of the layer.
override UNITS : u32;
override ADDS : bool;
/// 0 none, 1 relu, 2 tanh.
override ACTIVATION : u32;

@group(0) @binding(1) var<storage, read> inputs : array<vec4f>;
@group(0) @binding(2) var<storage, read> kernel : array<vec4f>;
@group(0) @binding(3) var<storage, read_write> out : array<vec4f>;

fn activate(x : vec4f) -> vec4f {
  if (ACTIVATION == 1u) { return max(x, vec4f()); }
  // tanh overflows on some devices where e^2x does.
  if (ACTIVATION == 2u) { return tanh(clamp(x, vec4f(-15.0), vec4f(15.0))); }
  return x;
}

fn finish(b : u32, j : u32, sum : vec4f) {
  var all = vec4f();
  if (j < KERNEL) {
    all = sum;
    if (ADDS) { all += out[b * OUT + j]; }
    all = activate(all);
  }
  let units = 4u * j + vec4u(0u, 1u, 2u, 3u);
  // Behind the units of a layer whose activation feeds another one stands that one's bias.
  let behind = select(vec4f(), vec4f(1.0), (units == vec4u(UNITS)) & vec4<bool>(ACTIVATION != 0u));
  out[b * OUT + j] = select(behind, all, units < vec4u(UNITS));
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let thread = threadOf(group, groups, local);
  let b = 4u * (thread / OUT);
  let j = thread % OUT;
  if (b >= current.size) { return; }
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  if (j < KERNEL) {
    for (var i = 0u; i < INPUTS; i++) {
      let x0 = inputs[b * INPUTS + i];
      let x1 = inputs[(b + 1u) * INPUTS + i];
      let x2 = inputs[(b + 2u) * INPUTS + i];
      let x3 = inputs[(b + 3u) * INPUTS + i];
      let k = mat4x4f(
        kernel[4u * i * KERNEL + j],
        kernel[(4u * i + 1u) * KERNEL + j],
        kernel[(4u * i + 2u) * KERNEL + j],
        kernel[(4u * i + 3u) * KERNEL + j],
      );
      sum0 += k * x0;
      sum1 += k * x1;
      sum2 += k * x2;
      sum3 += k * x3;
    }
  }
  finish(b, j, sum0);
  finish(b + 1u, j, sum1);
  finish(b + 2u, j, sum2);
  finish(b + 3u, j, sum3);
}
