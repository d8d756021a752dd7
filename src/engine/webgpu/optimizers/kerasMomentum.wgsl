// Keras's Momentum: momentum = 0.9 · momentum − rate · g, weights += momentum, in every row: what a gradient adds, between the two halves
// of kerasMomentumEveryRow.

@group(0) @binding(7) var<storage, read_write> momentum : array<Vector>;

fn applyGradient(at : u32, g : Vector) {
  momentum[at] -= current.rate * g;
}
