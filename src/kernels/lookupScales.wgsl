// result[i] = weights[i] · maxNorm / max(‖table[ids[i]]‖, maxNorm): TensorFlow's max_norm as part of a lookup's weight.
//
// One thread per lookup.
//
//   table    [V, dim]  f32
//   ids      [N]       i32   rows of the table
//   weights  [N]       f32
//   result   [N]       f32

fn main(i : i32) {
  if (i >= uniforms.size) { return; }
  let first = ids[i] * uniforms.dim;
  var squares = 0.0;
  for (var d = 0; d < uniforms.dim; d++) {
    squares += table[first + d] * table[first + d];
  }
  result[i] = weights[i] * uniforms.maxNorm / max(sqrt(squares), uniforms.maxNorm);
}
