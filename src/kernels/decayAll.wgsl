// result[i] *= decay for all i, in place: what is left of a slot in rows without a gradient.
//
// One thread per element.
//
//   result  [V, dim]  f32   m or v

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  result[index] *= uniforms.decay;
}
