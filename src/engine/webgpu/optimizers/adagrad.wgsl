// Adagrad: accumulator += g², weights −= rate · g / √(accumulator + EPSILON). The accumulator starts above 0; TensorFlow 1 has no epsilon.

override EPSILON : f32;

@group(0) @binding(7) var<storage, read_write> accumulator : array<Vector>;

fn applyGradient(at : u32, g : Vector) {
  let next = accumulator[at] + g * g;
  accumulator[at] = next;
  weights[at] -= current.rate * g / sqrt(next + EPSILON);
}
