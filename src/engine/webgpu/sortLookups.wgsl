// The row index of every column of every batch of a submit: lookups sorted by table row, those of a row in the order of the batch.
//
// One workgroup per (step, column). A stable radix sort, 6 bits a round, as many rounds as the column's ids have digits. Each
// thread owns a run of lookups and 64 counters of its own, so nothing is atomic and the result is the same every time.
// A lookup being sorted is one number, id · 2^bagBits + bag, or two where they need more than 32 bits.
//
// Rows are then cut into pieces, so that a row with many lookups is summed by many threads: a piece ends where the row ends and
// at every multiple of `piece` lookups. A row of several pieces is flagged, and found again by the first multiple inside it.
//
//   batches  [steps, batchStride]  u32   ids of each column, and offsets [B + 1] where a row has several
//   sorting  [steps, sortStride]   u32   twice the lookups: a round reads one half and writes the other
//   index    [steps, indexStride]  u32   per column, N = `lookups`:
//            pieces 1 · row of each piece N (top bit: of several pieces) · first lookup of each piece N + 1 · bag of each lookup N ·
//            first piece of the long row at each multiple of `piece`, or NONE

struct Column {
  ids : u32,
  /// NONE: one id a row.
  offsets : u32,
  index : u32,
  sorting : u32,
  lookups : u32,
  rounds : u32,
  piece : u32,
  bagBits : u32,
}
struct Layout {
  batchStride : u32,
  indexStride : u32,
  sortStride : u32,
}

@group(0) @binding(1) var<uniform> strides : Layout;
@group(0) @binding(2) var<storage, read> columns : array<Column>;
@group(0) @binding(3) var<storage, read> batches : array<u32>;
@group(0) @binding(4) var<storage, read_write> sorting : array<u32>;
@group(0) @binding(5) var<storage, read_write> index : array<u32>;

/// Id and bag are two numbers.
override WIDE : bool;
/// 8 or 32; the answer is the same. An adapter in software pays for every four threads that may wait for others.
override THREADS : u32;
const BITS = 6u;
const DIGITS = 64u;
const GROUP = 8u;
const LONG = 0x80000000u;

var<workgroup> counters : array<u32, THREADS * DIGITS>;
var<workgroup> sums : array<u32, THREADS>;
var<workgroup> groupSums : array<u32, THREADS / GROUP>;

fn idAt(half : u32, bagBits : u32, i : u32) -> u32 {
  if (WIDE) { return sorting[half + 2u * i]; }
  return sorting[half + i] >> bagBits;
}

fn bagAt(half : u32, bagBits : u32, i : u32) -> u32 {
  if (WIDE) { return sorting[half + 2u * i + 1u]; }
  return sorting[half + i] & ((1u << bagBits) - 1u);
}

fn put(half : u32, bagBits : u32, i : u32, id : u32, bag : u32) {
  if (WIDE) {
    sorting[half + 2u * i] = id;
    sorting[half + 2u * i + 1u] = bag;
  } else {
    sorting[half + i] = (id << bagBits) | bag;
  }
}

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

fn sortByDigit(thread : u32, first : u32, end : u32, here : u32, there : u32, bagBits : u32, shift : u32) {
  for (var digit = 0u; digit < DIGITS; digit++) { counters[digit * THREADS + thread] = 0u; }
  for (var i = first; i < end; i++) {
    counters[((idAt(here, bagBits, i) >> shift) % DIGITS) * THREADS + thread]++;
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
    let id = idAt(here, bagBits, i);
    let counter = ((id >> shift) % DIGITS) * THREADS + thread;
    let to = counters[counter];
    put(there, bagBits, to, id, bagAt(here, bagBits, i));
    counters[counter] = to + 1u;
  }
  storageBarrier();
  workgroupBarrier();
}

fn startsPiece(i : u32, sorted : u32, bagBits : u32, piece : u32) -> bool {
  return (i & (piece - 1u)) == 0u || idAt(sorted, bagBits, i) != idAt(sorted, bagBits, i - 1u);
}

/// Whether the row of lookup i − 1 goes on at i, a multiple of `piece`.
fn crosses(i : u32, n : u32, sorted : u32, bagBits : u32) -> bool {
  return i > 0u && i < n && idAt(sorted, bagBits, i) == idAt(sorted, bagBits, i - 1u);
}

fn writePieces(thread : u32, first : u32, end : u32, n : u32, sorted : u32, to : u32, column : Column) {
  let piece = column.piece;
  let bagBits = column.bagBits;
  var count = 0u;
  for (var i = first; i < end; i++) { count += u32(startsPiece(i, sorted, bagBits, piece)); }
  var at = sumBefore(thread, count);
  let rows = to + 1u;
  let starts = rows + column.lookups;
  let bags = starts + column.lookups + 1u;
  let longRows = bags + column.lookups;
  for (var i = first; i < end; i++) {
    index[bags + i] = bagAt(sorted, bagBits, i);
    if (!startsPiece(i, sorted, bagBits, piece)) { continue; }
    let id = idAt(sorted, bagBits, i);
    let boundary = (i & (piece - 1u)) == 0u;
    let continued = boundary && crosses(i, n, sorted, bagBits);
    let next = (i | (piece - 1u)) + 1u;
    let continues = crosses(next, n, sorted, bagBits) && idAt(sorted, bagBits, next) == id;
    index[rows + at] = id | select(0u, LONG, continued || continues);
    index[starts + at] = i;
    if (boundary) {
      let earlier = continued && crosses(i - piece, n, sorted, bagBits) && idAt(sorted, bagBits, i - piece) == id;
      index[longRows + i / piece] = select(NONE, at - 1u, continued && !earlier);
    }
    at++;
  }
  if (thread == THREADS - 1u) {
    index[to] = at;
    index[starts + at] = n;
    // Multiples behind the last lookup belong to no row.
    for (var i = (n + piece - 1u) / piece; i * piece < column.lookups; i++) { index[longRows + i] = NONE; }
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
  let bagBits = column.bagBits;
  var here = place * strides.sortStride + column.sorting;
  var there = here + select(1u, 2u, WIDE) * column.lookups;

  if (several) {
    for (var bag = thread; bag < size; bag += THREADS) {
      for (var i = batches[batch + column.offsets + bag]; i < batches[batch + column.offsets + bag + 1u]; i++) {
        put(here, bagBits, i, batches[batch + column.ids + i], bag);
      }
    }
    storageBarrier();
    workgroupBarrier();
  } else {
    for (var i = first; i < end; i++) { put(here, bagBits, i, batches[batch + column.ids + i], i); }
  }
  for (var round = 0u; round < column.rounds; round++) {
    sortByDigit(thread, first, end, here, there, bagBits, BITS * round);
    let sorted = there;
    there = here;
    here = sorted;
  }
  writePieces(thread, first, end, n, here, place * strides.indexStride + column.index, column);
}
