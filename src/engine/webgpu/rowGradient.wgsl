// The gradient of one element of a touched row, and what it is updated with: first part of updateElements and updateWholeRows.
//
// g[row, d] = Σ w(bag) · dOut[bag, d] over the lookups of the row, + l2 · lookups · weights[row, d]. Lookups are added in the order
// of the batch by one thread per (piece, d), pieces of a long row in their order by another: no atomics, the same sum each run.
//
//   weights  [V, DIM]             Vector   updated in place
//   index    [steps, indexStride] u32      row index of sortLookups
//   dOut     [B, dOutStride]      Vector   gradient of each bag's vector, from `dOut` on
//   batches  [steps, batchStride] u32      for the offsets of the bags
//   partial  [pieces, DIM]        Vector   sums of the pieces of long rows

/// Vectors of a row.
override DIM : u32;
/// Rows may have several ids: bags have weights.
override BAGS : bool;
/// Rows may come in pieces.
override CUT : bool;
const LONG = 0x80000000u;

struct Layout {
  index : u32,
  indexStride : u32,
  lookups : u32,
  piece : u32,
  dOut : u32,
  dOutStride : u32,
  offsets : u32,
  batchStride : u32,
  combiner : u32,
}

@group(0) @binding(1) var<uniform> lookup : Layout;
@group(0) @binding(2) var<storage, read_write> weights : array<Vector>;
@group(0) @binding(3) var<storage, read> index : array<u32>;
@group(0) @binding(4) var<storage, read> dOut : array<Vector>;
@group(0) @binding(5) var<storage, read> batches : array<u32>;
@group(0) @binding(6) var<storage, read_write> partial : array<Vector>;

struct Piece {
  row : u32,
  first : u32,
  end : u32,
  long : bool,
}

fn regionOf() -> u32 { return lookup.index + current.place * lookup.indexStride; }

fn pieceAt(region : u32, p : u32) -> Piece {
  let row = index[region + 1u + p];
  let starts = region + 1u + lookup.lookups;
  return Piece(row & ~LONG, index[starts + p], index[starts + p + 1u], (row & LONG) != 0u);
}

fn pieceSum(region : u32, piece : Piece, d : u32) -> Vector {
  let bags = region + 2u + 2u * lookup.lookups;
  var sum = Vector();
  for (var i = piece.first; i < piece.end; i++) {
    let bag = index[bags + i];
    var value = dOut[lookup.dOut + bag * lookup.dOutStride + d];
    if (BAGS) {
      let offset = current.place * lookup.batchStride + lookup.offsets + bag;
      value *= combinerWeight(lookup.combiner, batches[offset + 1u] - batches[offset]);
    }
    sum += value;
  }
  return sum;
}

/// Gradient of element d of a row, and whether this thread is to apply it.
struct Element {
  row : u32,
  g : Vector,
  updates : bool,
}

fn withL2(row : u32, d : u32, sum : Vector, lookups : u32) -> Element {
  return Element(row, sum + current.l2 * f32(lookups) * weights[row * DIM + d], true);
}

/// Of piece p. A piece of a long row leaves its sum in `partial`.
fn shortElement(p : u32, d : u32) -> Element {
  let region = regionOf();
  if (p >= index[region]) { return Element(0u, Vector(), false); }
  let piece = pieceAt(region, p);
  let sum = pieceSum(region, piece, d);
  if (CUT && piece.long) {
    partial[p * DIM + d] = sum;
    return Element(0u, Vector(), false);
  }
  return withL2(piece.row, d, sum, piece.end - piece.first);
}

/// Of the long row that is found by the multiple number `at` + 1 of `piece`, a dispatch later.
fn longElement(at : u32, d : u32) -> Element {
  let region = regionOf();
  let multiple = at + 1u;
  if (multiple * lookup.piece >= lookup.lookups) { return Element(0u, Vector(), false); }
  let first = index[region + 2u + 3u * lookup.lookups + multiple];
  if (first == NONE) { return Element(0u, Vector(), false); }
  let start = pieceAt(region, first);
  var end = start.end;
  var sum = partial[first * DIM + d];
  for (var p = first + 1u; p < index[region]; p++) {
    let piece = pieceAt(region, p);
    if (piece.row != start.row) { break; }
    end = piece.end;
    sum += partial[p * DIM + d];
  }
  return withL2(start.row, d, sum, end - start.first);
}
