// What Keras's RMSprop does to every row: velocity ·= 0.9. Without a gradient the weights stay.

@group(0) @binding(2) var<storage, read_write> velocity : array<f32>;

fn decayElement(at : u32) {
  velocity[at] *= 0.9;
}

fn moveElement(_at : u32) {}
