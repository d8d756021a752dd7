// result[b] = 1 / Σ weights[i] (mean) or 1 / √Σ weights[i]² (sqrtn) over the lookups of bag b, 0 where that is 1 / 0; 1 for sum.
//
// One thread per bag.
//
//   offsets  [at least B + 1] i32   first lookup of each bag
//   weights  [N]              f32
//   result   [B]              f32

const COMBINER_SUM = 0;
const COMBINER_MEAN = 1;

fn main(b : i32) {
  if (b >= uniforms.size) { return; }
  if (uniforms.combiner == COMBINER_SUM) {
    result[b] = 1.0;
    return;
  }
  var total = 0.0;
  for (var i = offsets[b]; i < offsets[b + 1]; i++) {
    total += select(weights[i] * weights[i], weights[i], uniforms.combiner == COMBINER_MEAN);
  }
  // Not select(): both of its sides are computed, and a division by zero may be anything on a GPU.
  if (total == 0.0) {
    result[b] = 0.0;
  } else {
    result[b] = 1.0 / select(sqrt(total), total, uniforms.combiner == COMBINER_MEAN);
  }
}
