// result[g, c] = scale · (examples(g) · softmax(logits[g])[c] − counts[g, c])
//
// One thread per (g, c), after softmaxStatistics.
//
//   logits      [G, classes]  f32
//   counts      [G, classes]  f32
//   statistics  [G, 4]        f32   max, normalizer, examples, loss of each row
//   result      [G, classes]  f32

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let g = 4 * (index / uniforms.classes);
  let probability = exp(logits[index] - statistics[g]) / statistics[g + 1];
  result[index] = uniforms.scale * (statistics[g + 2] * probability - counts[index]);
}
