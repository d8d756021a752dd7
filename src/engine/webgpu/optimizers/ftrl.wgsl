// FTRL-Proximal with the defaults of TensorFlow 1 and of Keras (power −½, no l1, no l2): n = accumulator + g²,
// linear += g − (√n − √accumulator) / rate · weights, weights = −linear · rate / √n.
//
// √n − √accumulator is written g² / (√n + √accumulator), which loses no digits.

@group(0) @binding(7) var<storage, read_write> accumulator : array<Vector>;
@group(0) @binding(8) var<storage, read_write> linear : array<Vector>;

fn applyGradient(at : u32, g : Vector) {
  let before = accumulator[at];
  let after = before + g * g;
  let root = sqrt(after);
  let next = linear[at] + g - g * g / (root + sqrt(before)) / current.rate * weights[at];
  accumulator[at] = after;
  linear[at] = next;
  weights[at] = -next * current.rate / root;
}
