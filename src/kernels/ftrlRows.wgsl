// result[rows[u], d] = −linear[rows[u], d] · learningRate / √accumulator[rows[u], d], after ftrlLinear and adagradAccumulate.
//
// One thread per (touched row u, d). Rows are distinct, so no two threads write the same element.
//
//   accumulator [V, dim]     f32
//   linear      [V, dim]     f32
//   rows        [at least U] i32   touched rows
//   result      [V, dim]     f32   the table

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let at = rows[index / uniforms.dim] * uniforms.dim + index % uniforms.dim;
  result[at] = -linear[at] * uniforms.learningRate / sqrt(accumulator[at]);
}
