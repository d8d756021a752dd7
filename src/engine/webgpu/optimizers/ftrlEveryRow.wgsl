// What Keras's FTRL does to every row: weights = −linear · rate / √accumulator, so that rows never looked up become 0 in the first step.

@group(0) @binding(2) var<storage, read_write> accumulator : array<f32>;
@group(0) @binding(3) var<storage, read_write> linear : array<f32>;

fn decayElement(_at : u32) {}

fn moveElement(at : u32) {
  weights[at] = -linear[at] * current.rate / sqrt(accumulator[at]);
}
