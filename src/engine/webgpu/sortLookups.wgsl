// The row index of every column of every batch of a submit: lookups sorted by table row, those of a row in the order of the batch.
//
// One workgroup per (step, column). A stable radix sort, 4 bits a pass, as many passes as the column's ids have digits. Each
// of 128 threads owns a run of lookups and 16 counters of its own, so nothing is atomic and the result is the same every time.
//
// Rows are then cut into pieces, so that a row with many lookups is summed by many threads: a piece ends where the row ends and
// at every multiple of `piece` lookups. A row of several pieces is flagged, and found again by the first multiple inside it.
//
//   batches  [steps, batchStride]  u32   ids of each column, and offsets [B + 1] where a row has several
//   pairs    [steps, pairStride]         (id, bag), twice: a pass reads one half and writes the other
//   index    [steps, indexStride]  u32   per column, N = `lookups`:
//            pieces 1 · row of each piece N (top bit: of several pieces) · first lookup of each piece N + 1 · bag of each lookup N ·
//            first piece of the long row at each multiple of `piece`, or NONE

struct Column {
  ids : u32,
  /// NONE: one id a row.
  offsets : u32,
  index : u32,
  pairs : u32,
  lookups : u32,
  passes : u32,
  piece : u32,
  unused : u32,
}
struct Layout {
  batchStride : u32,
  indexStride : u32,
  pairStride : u32,
}

@group(0) @binding(1) var<uniform> strides : Layout;
@group(0) @binding(2) var<storage, read> columns : array<Column>;
@group(0) @binding(3) var<storage, read> batches : array<u32>;
@group(0) @binding(4) var<storage, read_write> pairs : array<vec2u>;
@group(0) @binding(5) var<storage, read_write> index : array<u32>;

const THREADS = 128u;
const DIGITS = 16u;
const GROUP = 16u;
const LONG = 0x80000000u;

var<workgroup> counters : array<u32, THREADS * DIGITS>;
var<workgroup> sums : array<u32, THREADS>;
var<workgroup> groupSums : array<u32, THREADS / GROUP>;

/// Σ of the `sum`s of the threads before this one.
fn sumBefore(thread : u32, sum : u32) -> u32 {
  sums[thread] = sum;
  workgroupBarrier();
  let firstOfGroup = thread - thread % GROUP;
  if (thread == firstOfGroup) {
    var groupSum = 0u;
    for (var i = 0u; i < GROUP; i++) { groupSum += sums[thread + i]; }
    groupSums[thread / GROUP] = groupSum;
  }
  workgroupBarrier();
  var before = 0u;
  for (var g = 0u; g < thread / GROUP; g++) { before += groupSums[g]; }
  for (var i = firstOfGroup; i < thread; i++) { before += sums[i]; }
  return before;
}

fn sortByDigit(thread : u32, first : u32, end : u32, half : u32, to : u32, shift : u32) {
  for (var digit = 0u; digit < DIGITS; digit++) { counters[digit * THREADS + thread] = 0u; }
  for (var i = first; i < end; i++) {
    counters[((pairs[half + i].x >> shift) % DIGITS) * THREADS + thread]++;
  }
  workgroupBarrier();
  var sum = 0u;
  for (var i = thread * DIGITS; i < (thread + 1u) * DIGITS; i++) { sum += counters[i]; }
  var before = sumBefore(thread, sum);
  for (var i = thread * DIGITS; i < (thread + 1u) * DIGITS; i++) {
    let count = counters[i];
    counters[i] = before;
    before += count;
  }
  workgroupBarrier();
  for (var i = first; i < end; i++) {
    let pair = pairs[half + i];
    let counter = ((pair.x >> shift) % DIGITS) * THREADS + thread;
    pairs[to + counters[counter]] = pair;
    counters[counter]++;
  }
  storageBarrier();
  workgroupBarrier();
}

fn startsPiece(i : u32, sorted : u32, piece : u32) -> bool {
  return i % piece == 0u || pairs[sorted + i].x != pairs[sorted + i - 1u].x;
}

/// Whether the row of lookup i − 1 goes on at i, a multiple of `piece`.
fn crosses(i : u32, n : u32, sorted : u32) -> bool {
  return i > 0u && i < n && pairs[sorted + i].x == pairs[sorted + i - 1u].x;
}

fn writePieces(thread : u32, first : u32, end : u32, n : u32, sorted : u32, to : u32, column : Column) {
  var count = 0u;
  for (var i = first; i < end; i++) { count += u32(startsPiece(i, sorted, column.piece)); }
  var at = sumBefore(thread, count);
  let rows = to + 1u;
  let starts = rows + column.lookups;
  let bags = starts + column.lookups + 1u;
  let longRows = bags + column.lookups;
  for (var i = first; i < end; i++) {
    let pair = pairs[sorted + i];
    index[bags + i] = pair.y;
    if (!startsPiece(i, sorted, column.piece)) { continue; }
    let boundary = i % column.piece == 0u;
    let continued = boundary && crosses(i, n, sorted);
    let next = i - i % column.piece + column.piece;
    let continues = crosses(next, n, sorted) && pairs[sorted + next].x == pair.x;
    index[rows + at] = pair.x | select(0u, LONG, continued || continues);
    index[starts + at] = i;
    if (boundary) {
      let inside = i - column.piece;
      let earlier = continued && pairs[sorted + inside].x == pair.x && crosses(inside, n, sorted);
      index[longRows + i / column.piece] = select(NONE, at - 1u, continued && !earlier);
    }
    at++;
  }
  if (thread == THREADS - 1u) {
    index[to] = at;
    index[starts + at] = n;
    // Multiples behind the last lookup belong to no row.
    for (var i = (n + column.piece - 1u) / column.piece; i * column.piece < column.lookups; i++) {
      index[longRows + i] = NONE;
    }
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group : vec3u, @builtin(local_invocation_index) thread : u32) {
  let place = group.x;
  let column = columns[group.y];
  let size = sizeOf(place);
  let batch = place * strides.batchStride;
  let several = column.offsets != NONE;
  var n = size;
  if (several) { n = batches[batch + column.offsets + size]; }
  let share = (n + THREADS - 1u) / THREADS;
  let first = min(thread * share, n);
  let end = min(first + share, n);
  var half = place * strides.pairStride + column.pairs;
  var to = half + column.lookups;

  if (several) {
    for (var bag = thread; bag < size; bag += THREADS) {
      for (var i = batches[batch + column.offsets + bag]; i < batches[batch + column.offsets + bag + 1u]; i++) {
        pairs[half + i] = vec2u(batches[batch + column.ids + i], bag);
      }
    }
    storageBarrier();
    workgroupBarrier();
  } else {
    for (var i = first; i < end; i++) { pairs[half + i] = vec2u(batches[batch + column.ids + i], i); }
  }
  for (var round = 0u; round < column.passes; round++) {
    sortByDigit(thread, first, end, half, to, 4u * round);
    let sorted = to;
    to = half;
    half = sorted;
  }
  writePieces(thread, first, end, n, half, place * strides.indexStride + column.index, column);
}
