// The gradient of a dense kernel: the parts of kernelGradient added in order, + l2Dense · weights for all rows but the bias.
// First part of updateElements and updateWholeRows; every row has a gradient.
//
//   weights  [ROWS, DIM]          Vector   updated in place
//   parts    [chunks, ROWS, DIM]  Vector

/// Vectors of a row.
override DIM : u32;
override ROWS : u32;
/// Rows that L2 shrinks: those before the bias.
override REAL : u32;
override CHUNK : u32;

@group(0) @binding(1) var<storage, read_write> weights : array<Vector>;
@group(0) @binding(2) var<storage, read> parts : array<Vector>;

struct Element {
  row : u32,
  g : Vector,
  updates : bool,
}

fn shortElement(row : u32, d : u32) -> Element {
  if (row > REAL) { return Element(0u, Vector(), false); }
  var sum = Vector();
  let at = row * DIM + d;
  for (var chunk = 0u; chunk * CHUNK < current.size; chunk++) { sum += parts[chunk * ROWS * DIM + at]; }
  if (row < REAL) { sum += current.l2Dense * weights[at]; }
  return Element(row, sum, true);
}

/// There are no rows in pieces.
fn longElement(row : u32, d : u32) -> Element {
  return Element(0u, Vector(), false);
}
