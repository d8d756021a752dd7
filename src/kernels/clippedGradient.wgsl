// result[u, d] = scale · (dClipped[u, d] − row[d] · ⟨row, dClipped[u]⟩ / ‖row‖²) + l2 · counts[u] · row[d] with row = table[rows[u]] and
// scale = maxNorm / ‖row‖ where the row is longer than maxNorm; dClipped[u, d] + l2 · counts[u] · row[d] where it is not.
//
// One thread per (touched row u, d).
//
//   dClipped  [U, dim]  f32   gradient of the row as it was looked up
//   table     [V, dim]  f32
//   rows      [U]       i32   touched rows
//   counts    [U]       i32   lookups of each touched row
//   result    [U, dim]  f32
//
// `clips` is 0 when no row is clipped.

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let u = index / uniforms.dim;
  let row = rows[u] * uniforms.dim;
  let value = table[row + index % uniforms.dim];
  var gradient = dClipped[index];
  if (uniforms.clips == 1) {
    var squares = 0.0;
    var along = 0.0;
    for (var d = 0; d < uniforms.dim; d++) {
      squares += table[row + d] * table[row + d];
      along += table[row + d] * dClipped[u * uniforms.dim + d];
    }
    if (sqrt(squares) > uniforms.maxNorm) {
      gradient = uniforms.maxNorm / sqrt(squares) * (gradient - value * along / squares);
    }
  }
  result[index] = gradient + uniforms.l2 * f32(counts[u]) * value;
}
