// What the dispatches that prepare all batches of a submit are told.
struct Draw {
  /// Position in the epoch of the first batch, and training rows in an epoch.
  position : u32,
  count : u32,
  /// Rows of a whole batch.
  batch : u32,
  /// Of the permuted range.
  bits : u32,
  keys : vec4u,
  /// Rows that a region of the batch buffers has room for.
  capacity : u32,
  /// Steps of the submit.
  steps : u32,
}

@group(0) @binding(0) var<uniform> draw : Draw;

const NONE = 0xffffffffu;

/// B of the step at `place`, one of `steps`: the last one of an epoch may be short. Threads of a dispatch that stand behind them must leave, as what
/// is written behind a buffer's end may arrive in its last element.
fn sizeOf(place : u32) -> u32 {
  return min(draw.batch, draw.count - draw.position - place * draw.batch);
}

fn threadOf(group : vec3u, groups : vec3u, local : u32) -> u32 {
  return (group.y * groups.x + group.x) * 64u + local;
}
