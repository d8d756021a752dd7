// result[rows[u], d] = decay · result[rows[u], d] + learningRate · gradient[u, d] / √(rms[rows[u], d] + epsilon), in place, after
// decayRows on rms: the momentum, which the table then moves by (momentumRows.wgsl).
//
// One thread per (touched row u, d). Rows are distinct, so no two threads write the same element.
//
//   rms       [V, dim]     f32
//   rows      [at least U] i32   touched rows
//   gradient  [U, dim]     f32
//   result    [V, dim]     f32   the momentum

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let at = rows[index / uniforms.dim] * uniforms.dim + index % uniforms.dim;
  let step = uniforms.learningRate * gradient[index] / sqrt(rms[at] + uniforms.epsilon);
  result[at] = uniforms.decay * result[at] + step;
}
