// What Keras's Momentum does to every row: momentum ·= 0.9, then weights += momentum.

@group(0) @binding(2) var<storage, read_write> momentum : array<f32>;

fn decayElement(at : u32) {
  momentum[at] *= 0.9;
}

fn moveElement(at : u32) {
  weights[at] += momentum[at];
}
