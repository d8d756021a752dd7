// result[rows[u], d] += gradient[u, d]², in place: first half of adagradRows.
//
// One thread per (touched row u, d). Rows are distinct, so no two threads write the same element.
//
//   rows      [at least U] i32   touched rows
//   gradient  [U, dim]     f32
//   result    [V, dim]     f32   the accumulator

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let at = rows[index / uniforms.dim] * uniforms.dim + index % uniforms.dim;
  result[at] += gradient[index] * gradient[index];
}
