// result[rows[u], d] −= learningRate · momentum[rows[u], d], in place, after the momentum itself has been brought up to date.
//
// One thread per (touched row u, d). Rows are distinct, so no two threads write the same element.
//
//   momentum  [V, dim]     f32
//   rows      [at least U] i32   touched rows
//   result    [V, dim]     f32   the table

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let at = rows[index / uniforms.dim] * uniforms.dim + index % uniforms.dim;
  result[at] -= uniforms.learningRate * momentum[at];
}
