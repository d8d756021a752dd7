// Loss of each example and the gradient of its outputs: the squared error, mean over the targets; the log loss of a logit; or that of class
// logits against a class number.
//
// One thread per example, which walks its outputs in order.
//
//   outputs   [B, 4 OUT]             f32
//   batches   [steps, batchStride]   u32   labels as bits: [B, OUTPUTS], or [B] for a class
//   dOutputs  [B, 4 OUT]             f32
//   losses    [steps, capacity]      f32

override OUTPUTS : u32;
/// Vectors of 4 in a row.
override OUT : u32;
override BINARY : bool;
override CLASSES : bool;

struct Layout {
  labels : u32,
  batchStride : u32,
  capacity : u32,
}

@group(0) @binding(1) var<uniform> places : Layout;
@group(0) @binding(2) var<storage, read> outputs : array<f32>;
@group(0) @binding(3) var<storage, read> batches : array<u32>;
@group(0) @binding(4) var<storage, read_write> dOutputs : array<f32>;
@group(0) @binding(5) var<storage, read_write> losses : array<f32>;

fn labelAt(i : u32) -> f32 {
  return bitcast<f32>(batches[current.place * places.batchStride + places.labels + i]);
}

fn classLoss(b : u32) -> f32 {
  let first = b * 4u * OUT;
  let label = u32(labelAt(b));
  var largest = outputs[first];
  for (var c = 1u; c < OUTPUTS; c++) { largest = max(largest, outputs[first + c]); }
  var normalizer = 0.0;
  for (var c = 0u; c < OUTPUTS; c++) { normalizer += exp(outputs[first + c] - largest); }
  for (var c = 0u; c < OUTPUTS; c++) {
    let probability = exp(outputs[first + c] - largest) / normalizer;
    dOutputs[first + c] = current.perExample * (probability - select(0.0, 1.0, c == label));
  }
  return log(normalizer) + largest - outputs[first + label];
}

fn targetLoss(b : u32) -> f32 {
  var sum = 0.0;
  for (var t = 0u; t < OUTPUTS; t++) {
    let at = b * 4u * OUT + t;
    let loss = lossOf(outputs[at], labelAt(b * OUTPUTS + t), BINARY);
    sum += loss.value;
    dOutputs[at] = loss.dOutput * current.perExample / f32(OUTPUTS);
  }
  return sum / f32(OUTPUTS);
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let b = threadOf(group, groups, local);
  if (b >= current.size) { return; }
  let at = current.place * places.capacity + b;
  if (CLASSES) { losses[at] = classLoss(b); } else { losses[at] = targetLoss(b); }
}
