// What every dispatch of a step is told; written to a slot of its own in the uniform buffer, found by dynamic offset.
struct Step {
  /// Number of the step in its submit: which region of the batch buffers it reads.
  place : u32,
  /// B, examples in the batch.
  size : u32,
  /// Learning rate; with Adam's bias correction in it.
  rate : f32,
  /// 1 / B.
  perExample : f32,
  /// Added to the gradient for each lookup of a row, times the row: 2λ / B.
  l2 : f32,
  /// Added to the gradient of a dense kernel, times the kernel: 2λ.
  l2Dense : f32,
}

@group(0) @binding(0) var<uniform> current : Step;

const NONE = 0xffffffffu;
const COMBINER_SUM = 0u;
const COMBINER_MEAN = 1u;

/// Number of a thread in a grid of workgroups of 64, which may have two dimensions because one holds 65,535 only.
fn threadOf(group : vec3u, groups : vec3u, local : u32) -> u32 {
  return (group.y * groups.x + group.x) * 64u + local;
}

/// Weight of each vector in a bag of `lookups`.
fn combinerWeight(combiner : u32, lookups : u32) -> f32 {
  if (combiner == COMBINER_SUM || lookups < 2u) { return 1.0; }
  let count = f32(lookups);
  return 1.0 / select(sqrt(count), count, combiner == COMBINER_MEAN);
}
