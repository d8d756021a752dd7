// result[g, 0] = max over c of logits[g, c]
// result[g, 1] = Σ exp(logits[g, c] − max)
// result[g, 2] = Σ counts[g, c]
// result[g, 3] = Σ counts[g, c] · (log result[g, 1] + max − logits[g, c]), the loss of the row
//
// One thread per row g, which walks its classes in order: the same sums every time. First part of softmaxCrossEntropy.
//
//   logits  [G, classes]  f32
//   counts  [G, classes]  f32
//   result  [G, 4]        f32   all four are written by the thread of the row

fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let first = index * uniforms.classes;
  let end = first + uniforms.classes;
  var largest = logits[first];
  for (var i = first + 1; i < end; i++) {
    largest = max(largest, logits[i]);
  }
  var normalizer = 0.0;
  var examples = 0.0;
  for (var i = first; i < end; i++) {
    normalizer += exp(logits[i] - largest);
    examples += counts[i];
  }
  let logNormalizer = log(normalizer);
  var loss = 0.0;
  for (var i = first; i < end; i++) {
    loss += counts[i] * (logNormalizer + largest - logits[i]);
  }
  result[4 * index] = largest;
  result[4 * index + 1] = normalizer;
  result[4 * index + 2] = examples;
  result[4 * index + 3] = loss;
}
