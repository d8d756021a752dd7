// Gradient descent: weights −= rate · g.

fn applyGradient(at : u32, g : Vector) {
  weights[at] -= current.rate * g;
}
