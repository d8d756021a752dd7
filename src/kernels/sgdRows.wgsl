// result[rows[u], d] −= learningRate · gradient[u, d], in place.
//
// One thread per (touched row u, d). Rows are distinct, so no two threads write the same element.
//
//   rows      [at least U] i32   touched rows
//   gradient  [U, dim]     f32
//   result    [V, dim]     f32   the table; untouched rows are not read or written

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let at = rows[index / uniforms.dim] * uniforms.dim + index % uniforms.dim;
  result[at] -= uniforms.learningRate * gradient[index];
}
