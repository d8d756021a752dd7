// TensorFlow 1's RMSProp: rms = 0.9 · rms + 0.1 · g², momentum = 0 · momentum + rate · g / √(rms + EPSILON), weights −= momentum.
// The momentum is kept because TensorFlow keeps it.

override EPSILON : f32;

@group(0) @binding(7) var<storage, read_write> rms : array<Vector>;
@group(0) @binding(8) var<storage, read_write> momentum : array<Vector>;

fn applyGradient(at : u32, g : Vector) {
  let next = 0.9 * rms[at] + 0.1 * (g * g);
  rms[at] = next;
  let step = current.rate * g / sqrt(next + EPSILON);
  momentum[at] = step;
  weights[at] -= step;
}
