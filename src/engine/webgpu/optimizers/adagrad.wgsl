// TensorFlow 1's Adagrad: accumulator += g², weights −= rate · g / √accumulator. No epsilon: the accumulator starts above 0.

@group(0) @binding(7) var<storage, read_write> accumulator : array<Vector>;

fn applyGradient(at : u32, g : Vector) {
  let next = accumulator[at] + g * g;
  accumulator[at] = next;
  weights[at] -= current.rate * g / sqrt(next);
}
