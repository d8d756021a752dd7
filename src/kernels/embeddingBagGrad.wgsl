// result[u, d] = Σ w(bags[k]) · dOut[bags[k], d] over k = starts[u] .. starts[u + 1], + l2 · counts[u] · table[rows[u], d]
// w(b) = 1 (sum), 1 / lookups of b (mean) or 1 / √lookups of b (sqrtn).
//
// One thread per (touched row u, d). Lookups are sorted by row before upload (kernels/rowIndex.ts), so the thread walks its
// own alone: no atomics, the same order of addition each run.
//
//   dOut     [B, dim]         f32   gradient of each bag's vector
//   table    [V, dim]         f32
//   rows     [U]              i32   touched rows
//   starts   [U + 1]          i32   first position in `bags` of each touched row
//   bags     [N]              i32   bag of each lookup, sorted by row
//   counts   [U]              i32   lookups of each touched row
//   offsets  [at least B + 1] i32   first lookup of each bag
//   result   [U, dim]         f32
//
// Integers are read from the buffers themselves: TensorFlow.js's getRows() would pass them through f32, exact only to 2^24.

const COMBINER_SUM = 0;
const COMBINER_MEAN = 1;

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let u = index / uniforms.dim;
  let d = index % uniforms.dim;
  var sum = 0.0;
  for (var k = starts[u]; k < starts[u + 1]; k++) {
    let b = bags[k];
    let value = dOut[b * uniforms.dim + d];
    if (uniforms.combiner == COMBINER_SUM) {
      sum += value;
    } else {
      let count = f32(offsets[b + 1] - offsets[b]);
      sum += value / select(sqrt(count), count, uniforms.combiner == COMBINER_MEAN);
    }
  }
  result[index] = sum + uniforms.l2 * f32(counts[u]) * table[rows[u] * uniforms.dim + d];
}
