// Row-wise Adagrad in place on the rows that have a gradient, after rowGradient or denseGradient:
// accumulator[row] += mean of the row's g², weights[row, d] −= rate · g / √accumulator[row].
//
// A workgroup of 64 holds as many whole rows as fit (one, where DIM > 64), a thread per element or per every 64th. Each thread adds
// all squares of its row in the same order. Entry points as in updateElements.
//
//   accumulator  [V]  f32

@group(0) @binding(7) var<storage, read_write> accumulator : array<f32>;

/// Numbers of a row.
override NUMBERS : u32;

const THREADS = 64u;
var<workgroup> squares : array<f32, THREADS>;

fn elementAt(long : bool, at : u32, d : u32) -> Element {
  if (long) { return longElement(at, d); }
  return shortElement(at, d);
}

fn updateGroup(long : bool, group : u32, local : u32) {
  let width = min(DIM, THREADS);
  let rowsAGroup = THREADS / width;
  let inGroup = local / width;
  let at = group * rowsAGroup + inGroup;
  let d = local % width;
  var element = Element(0u, Vector(), false);
  var square = 0.0;
  var before = 0.0;
  if (inGroup < rowsAGroup) {
    element = elementAt(long, at, d);
    square = inner(element.g, element.g);
    for (var e = d + THREADS; e < DIM; e += THREADS) {
      let g = elementAt(long, at, e).g;
      square += inner(g, g);
    }
    before = accumulator[element.row];
  }
  squares[local] = square;
  workgroupBarrier();
  if (!element.updates) { return; }
  var sum = 0.0;
  for (var i = inGroup * width; i < (inGroup + 1u) * width; i++) { sum += squares[i]; }
  let after = before + sum / f32(NUMBERS);
  let rate = current.rate / sqrt(after);
  for (var e = d + THREADS; e < DIM; e += THREADS) {
    weights[element.row * DIM + e] -= rate * elementAt(long, at, e).g;
  }
  weights[element.row * DIM + d] -= rate * element.g;
  if (d == 0u) { accumulator[element.row] = after; }
}

@compute @workgroup_size(THREADS)
fn shortRows(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  updateGroup(false, group.y * groups.x + group.x, local);
}

@compute @workgroup_size(THREADS)
fn longRows(
  @builtin(workgroup_id) group : vec3u,
  @builtin(num_workgroups) groups : vec3u,
  @builtin(local_invocation_index) local : u32,
) {
  updateGroup(true, group.y * groups.x + group.x, local);
}
