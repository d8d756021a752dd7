// result[rows[u], d] −= rate · m[rows[u], d] / (√v[rows[u], d] + epsilon), in place, after decayRows on m and on v.
//
// One thread per (touched row u, d). Rows are distinct, so no two threads write the same element.
//
//   m       [V, dim]     f32
//   v       [V, dim]     f32
//   rows    [at least U] i32   touched rows
//   result  [V, dim]     f32   the table

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let at = rows[index / uniforms.dim] * uniforms.dim + index % uniforms.dim;
  result[at] -= uniforms.rate * m[at] / (sqrt(v[at]) + uniforms.epsilon);
}
