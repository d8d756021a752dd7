// result[u, d] = Σ norms[bags[k]] · weights[lookups[k]] · dOut[bags[k], d] over k = starts[u] .. starts[u + 1].
//
// One thread per (touched row u, d). Lookups are sorted by row before upload (kernels/rowIndex.ts), so the thread walks its
// own alone: no atomics, the same order of addition each run. Clipping and L2 follow in clippedGradient.wgsl.
//
//   dOut     [B, dim]  f32   gradient of each bag's vector
//   weights  [N]       f32   in the order of the batch
//   norms    [B]       f32   from bagNorms.wgsl
//   starts   [U + 1]   i32   first position in `bags` of each touched row
//   bags     [N]       i32   bag of each lookup, sorted by row
//   lookups  [N]       i32   position of each lookup in the batch, sorted by row
//   result   [U, dim]  f32

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let u = index / uniforms.dim;
  let d = index % uniforms.dim;
  var sum = 0.0;
  for (var k = starts[u]; k < starts[u + 1]; k++) {
    let b = bags[k];
    sum += norms[b] * weights[lookups[k]] * dOut[b * uniforms.dim + d];
  }
  result[index] = sum;
}
