// result[i, j] = Σ a(i, k) · b(k, j) over k = 0 .. inner
// a(i, k) = a[i · aRow + k · aColumn], b(k, j) = b[k · bRow + j · bColumn]: the strides transpose.
//
// One thread per (i, j), which adds in the order of k: the same sum every time. TensorFlow.js's own products of a few outputs
// over a long `inner` (gradients of kernels) split the sum and add the parts atomically, in the order in which they arrive.
//
//   a       [outer, inner]   f32   or its transpose
//   b       [inner, columns] f32   or its transpose
//   result  [outer, columns] f32

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let i = index / uniforms.columns;
  let j = index % uniforms.columns;
  var sum = 0.0;
  for (var k = 0; k < uniforms.inner; k++) {
    sum += a[i * uniforms.aRow + k * uniforms.aColumn] * b[k * uniforms.bRow + j * uniforms.bColumn];
  }
  result[index] = sum;
}
