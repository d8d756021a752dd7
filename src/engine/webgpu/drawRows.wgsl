// rows[s, i] = trainRows[π(position + s · batch + i)]: the keyed permutation of columns/rowOrder.ts, number for number.
//
// One thread per (step s, i).
//
//   trainRows  [count]             u32
//   rows       [steps, capacity]   u32

@group(0) @binding(1) var<storage, read> trainRows : array<u32>;
@group(0) @binding(2) var<storage, read_write> rows : array<u32>;

fn mix(half : u32, key : u32) -> u32 {
  var h = (half ^ key) * 0x9e3779b1u;
  h = (h ^ (h >> 15u)) * 0x85ebca77u;
  return h ^ (h >> 13u);
}

fn permuted(position : u32) -> u32 {
  let rightBits = (draw.bits + 1u) >> 1u;
  let leftMask = (1u << (draw.bits >> 1u)) - 1u;
  let rightMask = (1u << rightBits) - 1u;
  var at = position;
  loop {
    var left = at >> rightBits;
    var right = at & rightMask;
    left ^= mix(right, draw.keys.x) & leftMask;
    right ^= mix(left, draw.keys.y) & rightMask;
    left ^= mix(right, draw.keys.z) & leftMask;
    right ^= mix(left, draw.keys.w) & rightMask;
    at = (left << rightBits) | right;
    if (at < draw.count) { break; }
  }
  return at;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  let thread = threadOf(group, groups, local);
  let place = thread / draw.capacity;
  let i = thread % draw.capacity;
  if (place >= draw.steps || i >= sizeOf(place)) { return; }
  rows[thread] = trainRows[permuted(draw.position + place * draw.batch + i)];
}
