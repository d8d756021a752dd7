// Keras's RMSprop: velocity = 0.9 · velocity + 0.1 · g², weights −= rate · g / √(velocity + EPSILON); velocityEveryRow has multiplied by 0.9.

@group(0) @binding(7) var<storage, read_write> velocity : array<Vector>;

override EPSILON : f32;

fn applyGradient(at : u32, g : Vector) {
  let next = velocity[at] + 0.1 * (g * g);
  velocity[at] = next;
  weights[at] -= current.rate * g / sqrt(next + EPSILON);
}
