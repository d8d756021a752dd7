// result[rows[u]] += mean over d of gradient[u, d]², in place: first half of rowAdagradRows.
//
// One thread per touched row u; it adds its squares in their order. Rows are distinct, so no two threads write the same element.
//
//   rows      [at least U] i32   touched rows
//   gradient  [U, dim]     f32
//   result    [V, 1]       f32   the accumulator

fn main(u : i32) {
  if (u >= uniforms.size) { return; }
  var squares = 0.0;
  for (var d = 0; d < uniforms.dim; d++) {
    let g = gradient[u * uniforms.dim + d];
    squares += g * g;
  }
  result[rows[u]] += squares / f32(uniforms.dim);
}
