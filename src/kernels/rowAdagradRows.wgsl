// result[rows[u], d] −= learningRate · gradient[u, d] / √accumulator[rows[u]], in place, after rowAdagradAccumulate.
//
// One thread per (touched row u, d). Rows are distinct, so no two threads write the same element.
// The accumulator starts above 0 and grows: the square root is never 0.
//
//   accumulator [V, 1]       f32
//   rows        [at least U] i32   touched rows
//   gradient    [U, dim]     f32
//   result      [V, dim]     f32   the table

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let row = rows[index / uniforms.dim];
  let at = row * uniforms.dim + index % uniforms.dim;
  result[at] -= uniforms.learningRate * gradient[index] / sqrt(accumulator[row]);
}
