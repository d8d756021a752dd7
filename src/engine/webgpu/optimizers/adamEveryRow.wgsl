// What Adam of TensorFlow 1 and of Keras does to every row: m ·= 0.9, v ·= 0.999, then weights −= rate · m / (√v + EPSILON).

@group(0) @binding(2) var<storage, read_write> m : array<f32>;
@group(0) @binding(3) var<storage, read_write> v : array<f32>;

override EPSILON : f32;

fn decayElement(at : u32) {
  m[at] *= 0.9;
  v[at] *= 0.999;
}

fn moveElement(at : u32) {
  weights[at] -= current.rate * m[at] / (sqrt(v[at]) + EPSILON);
}
