// result[b, d] = w(b) · Σ table[ids[i], d] over the lookups i = offsets[b] .. offsets[b + 1] of bag b; 0 for an empty bag.
// w(b) = 1 (sum), 1 / lookups (mean) or 1 / √lookups (sqrtn).
//
// One thread per (b, d); it adds its lookups in their order, so the sum is the same every time.
//
//   table    [V, dim]         f32
//   ids      [N]              i32   rows of the table
//   offsets  [at least B + 1] i32   first lookup of each bag
//   result   [B, dim]         f32
//
// Buffers and `uniforms` are declared by TensorFlow.js. Integers are read from the buffers themselves: its getIds() would
// pass them through f32, exact only to 2^24.

const COMBINER_SUM = 0;
const COMBINER_MEAN = 1;

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let b = index / uniforms.dim;
  let d = index % uniforms.dim;
  let first = offsets[b];
  let end = offsets[b + 1];
  var sum = 0.0;
  for (var i = first; i < end; i++) {
    sum += table[ids[i] * uniforms.dim + d];
  }
  let count = f32(max(end - first, 1));
  if (uniforms.combiner == COMBINER_SUM) {
    result[index] = sum;
  } else if (uniforms.combiner == COMBINER_MEAN) {
    result[index] = sum / count;
  } else {
    result[index] = sum / sqrt(count);
  }
}
