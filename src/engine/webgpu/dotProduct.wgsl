// ŷ = μ + b_user + b_item + ⟨user, item⟩ of every example of a batch; `train` also writes its loss and the gradients of the bags' vectors.
//
// One thread per example, which adds over d in order.
//
//   batches    [steps, batchStride]  u32   ids, offsets where there are bags, labels as bits
//   userTable  [users, DIM]          Vector, and itemTable; their biases [users], [items] where BIASES
//   dOut       [B, 2 DIM]            Vector, written by `train`: gradient of the user's vector, then of the item's
//   dOutputs   [B]                   f32   written by `train`: gradient of ŷ, and so of both biases
//   results    train: [steps, capacity] loss of each example; predict: [B] ŷ

/// Vectors of a row.
override DIM : u32;
override BIASES : bool;
/// Log loss of a logit against 0 or 1 instead of the squared error.
override BINARY : bool;
override USER_BAGS : bool;
override ITEM_BAGS : bool;

struct Side {
  ids : u32,
  offsets : u32,
  combiner : u32,
  unused : u32,
}
struct Layout {
  user : Side,
  item : Side,
  labels : u32,
  batchStride : u32,
  capacity : u32,
}

@group(0) @binding(1) var<uniform> places : Layout;
@group(0) @binding(2) var<storage, read> batches : array<u32>;
@group(0) @binding(3) var<storage, read> userTable : array<Vector>;
@group(0) @binding(4) var<storage, read> itemTable : array<Vector>;
@group(0) @binding(5) var<storage, read> userBias : array<f32>;
@group(0) @binding(6) var<storage, read> itemBias : array<f32>;
@group(0) @binding(7) var<storage, read_write> dOut : array<Vector>;
@group(0) @binding(8) var<storage, read_write> dOutputs : array<f32>;
@group(0) @binding(9) var<storage, read_write> results : array<f32>;
/// μ
@group(0) @binding(10) var<uniform> globalBias : f32;

/// The lookups of an example on one side: one row, or those between first and end.
struct Bag {
  row : u32,
  first : u32,
  end : u32,
  weight : f32,
}

fn bagOf(side : Side, several : bool, batch : u32, b : u32) -> Bag {
  if (!several) { return Bag(batches[batch + side.ids + b], 0u, 0u, 1.0); }
  let first = batches[batch + side.offsets + b];
  let end = batches[batch + side.offsets + b + 1u];
  let ids = batch + side.ids;
  return Bag(0u, ids + first, ids + end, combinerWeight(side.combiner, end - first));
}

fn userValue(bag : Bag, d : u32) -> Vector {
  if (!USER_BAGS) { return userTable[bag.row * DIM + d]; }
  var sum = Vector();
  for (var i = bag.first; i < bag.end; i++) { sum += userTable[batches[i] * DIM + d]; }
  return bag.weight * sum;
}

fn itemValue(bag : Bag, d : u32) -> Vector {
  if (!ITEM_BAGS) { return itemTable[bag.row * DIM + d]; }
  var sum = Vector();
  for (var i = bag.first; i < bag.end; i++) { sum += itemTable[batches[i] * DIM + d]; }
  return bag.weight * sum;
}

fn userBiasOf(bag : Bag) -> f32 {
  if (!USER_BAGS) { return userBias[bag.row]; }
  var sum = 0.0;
  for (var i = bag.first; i < bag.end; i++) { sum += userBias[batches[i]]; }
  return bag.weight * sum;
}

fn itemBiasOf(bag : Bag) -> f32 {
  if (!ITEM_BAGS) { return itemBias[bag.row]; }
  var sum = 0.0;
  for (var i = bag.first; i < bag.end; i++) { sum += itemBias[batches[i]]; }
  return bag.weight * sum;
}

fn predicted(user : Bag, item : Bag) -> f32 {
  var sum = 0.0;
  for (var d = 0u; d < DIM; d++) { sum += inner(userValue(user, d), itemValue(item, d)); }
  sum += globalBias;
  if (BIASES) { sum += userBiasOf(user) + itemBiasOf(item); }
  return sum;
}

@compute @workgroup_size(64)
fn predict(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let b = threadOf(group, groups, local);
  if (b >= current.size) { return; }
  let batch = current.place * places.batchStride;
  results[b] = predicted(bagOf(places.user, USER_BAGS, batch, b), bagOf(places.item, ITEM_BAGS, batch, b));
}

@compute @workgroup_size(64)
fn train(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let b = threadOf(group, groups, local);
  if (b >= current.size) { return; }
  let batch = current.place * places.batchStride;
  let user = bagOf(places.user, USER_BAGS, batch, b);
  let item = bagOf(places.item, ITEM_BAGS, batch, b);
  let loss = lossOf(predicted(user, item), bitcast<f32>(batches[batch + places.labels + b]), BINARY);
  results[current.place * places.capacity + b] = loss.value;
  let dOutput = loss.dOutput * current.perExample;
  let to = b * 2u * DIM;
  for (var d = 0u; d < DIM; d++) {
    dOut[to + d] = dOutput * itemValue(item, d);
    dOut[to + DIM + d] = dOutput * userValue(user, d);
  }
  dOutputs[b] = dOutput;
}
