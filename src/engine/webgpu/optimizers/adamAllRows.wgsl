// Adam of TensorFlow 1 and of Keras, where rows without a gradient decay and move too: what a gradient adds to the moments, between
// the two halves of adamEveryRow.

@group(0) @binding(7) var<storage, read_write> m : array<Vector>;
@group(0) @binding(8) var<storage, read_write> v : array<Vector>;

fn applyGradient(at : u32, g : Vector) {
  m[at] += 0.1 * g;
  v[at] += 0.001 * (g * g);
}
