// result[rows[u], d] −= learningRate · gradient[u, d] / √(accumulator[rows[u], d] + epsilon), in place,
// after adagradAccumulate, or after decayRows on the velocity of velocityRows.
//
// One thread per (touched row u, d). Rows are distinct, so no two threads write the same element.
// The accumulator starts above 0 and grows, or epsilon is above 0: the square root is never 0.
//
//   accumulator [V, dim]     f32
//   rows        [at least U] i32   touched rows
//   gradient    [U, dim]     f32
//   result      [V, dim]     f32   the table

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let at = rows[index / uniforms.dim] * uniforms.dim + index % uniforms.dim;
  result[at] -= uniforms.learningRate * gradient[index] / sqrt(accumulator[at] + uniforms.epsilon);
}
