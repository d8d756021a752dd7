// result[rows[u], d] += g − (√(a + g²) − √a) / learningRate · table[rows[u], d] with g = gradient[u, d] and a = accumulator[rows[u], d],
// in place: first third of ftrlRows, before the accumulator grows.
//
// One thread per (touched row u, d). Rows are distinct, so no two threads write the same element.
// The difference of the roots is computed as g² / (√(a + g²) + √a), which loses no digits; a starts above 0.
//
//   table       [V, dim]     f32
//   accumulator [V, dim]     f32
//   rows        [at least U] i32   touched rows
//   gradient    [U, dim]     f32
//   result      [V, dim]     f32   linear

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let at = rows[index / uniforms.dim] * uniforms.dim + index % uniforms.dim;
  let g = gradient[index];
  let a = accumulator[at];
  let growth = g * g / (sqrt(a + g * g) + sqrt(a));
  result[at] += g - growth / uniforms.learningRate * table[at];
}
