// TensorFlow 1's Momentum: momentum = 0.9 · momentum + g, weights −= rate · momentum.

@group(0) @binding(7) var<storage, read_write> momentum : array<Vector>;

fn applyGradient(at : u32, g : Vector) {
  let next = 0.9 * momentum[at] + g;
  momentum[at] = next;
  weights[at] -= current.rate * next;
}
