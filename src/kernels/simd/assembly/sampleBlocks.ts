/**
 * Threads over blocks of samples. Blocks of one stratum share no row; a block waits until those before it in its own row group and in its own column
 * group are done, and for nothing else. So which thread takes which block, and how many threads there are, changes no bit.
 *
 * `control` is i32, filled by engine/cpu/blockRunner.ts:
 *
 *   0 run     counted up, and notified, to wake the threads; −1: they end
 *   1 ticket  below: the block that is taken next, 0xffff while a run is laid out; above: the run, so that no two runs have a ticket in common
 *   2 done    blocks finished
 *   3 blocks of this run                                    4 kind  5 rowBytes  6 settings: see trainRecords
 *   7 size   row groups, and column groups                  8 losses  f64 for each block
 *   9 progress  blocks finished of each row group, then of each column group
 *  10 blocks: {first record, end, row group, column group, blocks that come before it in its row group, in its column group} each
 */
import { trainRecords } from './samples'

const BLOCK: usize = 24
const CLOSED: i32 = 0xffff
/** Looks before a thread that may sleep goes to sleep: a few microseconds. */
const LOOKS = 2000
const ASLEEP_NS: i64 = 1_000_000

/** Takes blocks until there are none, then waits for the last of them. `maySleep`: not on a page's own thread. */
export function trainBlocks(control: usize, scratch: usize, maySleep: bool): void {
  const blocks = load<i32>(control, 12)
  takeBlocks(control, scratch, maySleep)
  if (ASC_FEATURE_THREADS) waitFor(control + 8, blocks, maySleep)
}

/** What a thread does until it is told to end. */
export function serveBlocks(control: usize, scratch: usize): void {
  if (ASC_FEATURE_THREADS) {
    let run = 0
    for (;;) {
      atomic.wait<i32>(control, run, -1)
      const now = atomic.load<i32>(control)
      if (now < 0) return
      if (now == run) continue
      run = now
      takeBlocks(control, scratch, true)
    }
  }
}

function takeBlocks(control: usize, scratch: usize, maySleep: bool): void {
  for (;;) {
    const ticket = take(control)
    if (ticket < 0) return
    const block = <usize>load<u32>(control, 40) + BLOCK * <usize>ticket
    const progress = <usize>load<u32>(control, 36)
    const row = progress + ((<usize>load<u32>(block, 8)) << 2)
    const column = progress + (<usize>(load<u32>(block, 12) + load<u32>(control, 28)) << 2)
    if (ASC_FEATURE_THREADS) {
      waitFor(row, load<i32>(block, 16), maySleep)
      waitFor(column, load<i32>(block, 20), maySleep)
    }
    const loss = trainRecords(
      load<i32>(control, 16),
      <usize>load<u32>(block),
      <usize>load<u32>(block, 4),
      <usize>load<u32>(control, 20),
      <usize>load<u32>(control, 24),
      scratch,
    )
    store<f64>(<usize>load<u32>(control, 32) + ((<usize>ticket) << 3), loss)
    finish(row)
    finish(column)
    finish(control + 8)
  }
}

/** The next block of the run that is laid out, −1 where there is none. */
function take(control: usize): i32 {
  let ticket: i32
  do {
    ticket = ASC_FEATURE_THREADS ? atomic.load<i32>(control, 4) : load<i32>(control, 4)
    if ((ticket & CLOSED) >= load<i32>(control, 12)) return -1
    // Fails where another thread was faster, and where a thread that comes late from the run before sees half of a new one.
  } while (!replace(control, ticket, ticket + 1))
  return ticket & CLOSED
}

function replace(control: usize, ticket: i32, next: i32): bool {
  if (ASC_FEATURE_THREADS) return atomic.cmpxchg<i32>(control, ticket, next, 4) == ticket
  store<i32>(control, next, 4)
  return true
}

function finish(address: usize): void {
  if (ASC_FEATURE_THREADS) {
    atomic.add<i32>(address, 1)
    atomic.notify(address, -1)
  }
}

function waitFor(address: usize, count: i32, maySleep: bool): void {
  let looks = 0
  for (;;) {
    const now = atomic.load<i32>(address)
    if (now >= count) return
    // Woken by `finish`; the bound is for a page that was put to sleep in between.
    if (maySleep && ++looks > LOOKS) atomic.wait<i32>(address, now, ASLEEP_NS)
  }
}
