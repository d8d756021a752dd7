// result[rows[u], d] = decay · result[rows[u], d] + share · gradient[u, d]^power, in place: Adam's m (power 1) and v (power 2),
// the momentum of momentumRows, the mean squares of rmspropRows.
//
// One thread per (touched row u, d). Rows are distinct, so no two threads write the same element.
// `share` comes as a uniform of its own: in f32, 1 − 0.999 would be off by 1e-5 of itself.
//
//   rows      [at least U] i32   touched rows
//   gradient  [U, dim]     f32
//   result    [V, dim]     f32   a slot of the optimizer

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let at = rows[index / uniforms.dim] * uniforms.dim + index % uniforms.dim;
  let g = gradient[index];
  result[at] = uniforms.decay * result[at] + uniforms.share * select(g, g * g, uniforms.power == 2);
}
