// result[b, d] = norm(b) · Σ scales[i] · table[ids[i], d] over the lookups i = offsets[b] .. offsets[b + 1] of bag b; 0 for an empty bag.
// norm(b) = 1 (sum), 1 / Σ weights[i] (mean) or 1 / √Σ weights[i]² (sqrtn); 0 where that is 1 / 0, as in TensorFlow.
//
// One thread per (b, d); it adds its lookups in their order, so the sum is the same every time.
//
//   table    [V, dim]         f32
//   ids      [N]              i32   rows of the table
//   offsets  [at least B + 1] i32   first lookup of each bag
//   weights  [N]              f32
//   scales   [N]              f32   weights, times what a row is scaled down by (lookupScales.wgsl)
//   result   [B, dim]         f32

const COMBINER_SUM = 0;
const COMBINER_MEAN = 1;

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let b = index / uniforms.dim;
  let d = index % uniforms.dim;
  var sum = 0.0;
  var total = 0.0;
  for (var i = offsets[b]; i < offsets[b + 1]; i++) {
    sum += scales[i] * table[ids[i] * uniforms.dim + d];
    let weight = weights[i];
    total += select(weight * weight, weight, uniforms.combiner == COMBINER_MEAN);
  }
  if (uniforms.combiner == COMBINER_SUM) {
    result[index] = sum;
  } else if (total == 0.0) {
    result[index] = 0.0;
  } else {
    result[index] = sum / select(sqrt(total), total, uniforms.combiner == COMBINER_MEAN);
  }
}
