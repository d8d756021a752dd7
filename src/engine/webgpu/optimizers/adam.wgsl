// Adam, lazy: m = 0.9 · m + 0.1 · g, v = 0.999 · v + 0.001 · g², weights −= rate · m / (√v + EPSILON). The bias correction is in `rate`.

override EPSILON : f32;

@group(0) @binding(7) var<storage, read_write> m : array<Vector>;
@group(0) @binding(8) var<storage, read_write> v : array<Vector>;

fn applyGradient(at : u32, g : Vector) {
  let mean = 0.9 * m[at] + 0.1 * g;
  let square = 0.999 * v[at] + 0.001 * (g * g);
  m[at] = mean;
  v[at] = square;
  weights[at] -= current.rate * mean / (sqrt(square) + EPSILON);
}
