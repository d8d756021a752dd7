// result[i] −= rate · m[i] / (√v[i] + epsilon) for all i, in place, after decayAll and decayRows on m and on v.
//
// One thread per element.
//
//   m       [V, dim]  f32
//   v       [V, dim]  f32
//   result  [V, dim]  f32   the table

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  result[index] -= uniforms.rate * m[index] / (sqrt(v[index]) + uniforms.epsilon);
}
