// Gradient descent: weights −= rate · g.

fn applyGradient(at : u32, g : f32) {
  weights[at] -= current.rate * g;
}
