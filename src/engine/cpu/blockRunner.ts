import type { RowBlock } from '../../columns/blockOrder'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { SampleSettings } from './sampleSettings'
import type { StartThread } from './sampleThreads'

/** Runs blocks on threads, the caller's among them. */
export interface BlockRunner {
  /** Resolves when each waits for work or was refused. To be called once, before the first run. */
  startThreads(count: number, startThread: StartThread): Promise<PromiseSettledResult<void>[]>
  /** Σ of the squared errors, added block by block. Returns when all are done. */
  run(blocks: readonly RowBlock[]): number
  /** Ends the threads. */
  close(): void
}

export const RECORD_BYTES = 12
const CONTROL = {
  run: 0,
  ticket: 1,
  done: 2,
  blocks: 3,
  kind: 4,
  rowBytes: 5,
  settings: 6,
  size: 7,
  losses: 8,
  progress: 9,
  table: 10,
}
const BLOCK = 6
const CLOSED = 0xffff

/**
 * `groups`: row groups, and column groups; a run has groups² blocks at most. The layout is that of assembly/sampleBlocks.ts. Threads beside the caller's
 * are started by `startThread`, over a shared heap that grows no more.
 */
export function createBlockRunner(
  heap: SimdHeap,
  records: number,
  groups: number,
  settings: SampleSettings,
): BlockRunner {
  const [control, progress] = [heap.allocate(16), heap.allocate(2 * groups)]
  const [losses, table] = [heap.allocate(2 * groups * groups), heap.allocate(BLOCK * groups * groups)]
  const scratch = settings.createScratch()
  let threads = 0
  // A page's own thread may not sleep.
  const maySleep = typeof document === 'undefined'
  const words = heap.integers(control)
  words.set([settings.kind, settings.rowBytes, settings.pointer, groups], CONTROL.kind)
  words.set([losses.pointer, progress.pointer, table.pointer], CONTROL.losses)
  words[CONTROL.ticket] = CLOSED
  let runs = 0

  function layOut(blocks: readonly RowBlock[]): void {
    const [entries, finished] = [heap.integers(table), heap.integers(progress)]
    const before = new Uint32Array(2 * groups)
    for (const [i, { from, to, userGroup, itemGroup }] of blocks.entries()) {
      const [row, column] = [userGroup, groups + itemGroup]
      const [first, end] = [records + from * RECORD_BYTES, records + to * RECORD_BYTES]
      entries.set([first, end, userGroup, itemGroup, before[row]!++, before[column]!++], BLOCK * i)
    }
    finished.fill(0)
  }

  return {
    async startThreads(count, startThread) {
      const starts = Array.from({ length: count }, () => ({
        memory: heap.memory,
        control: control.pointer,
        scratch: settings.createScratch(),
      }))
      // A thread that is there late takes part from then on.
      threads = count
      return Promise.allSettled(starts.map(startThread))
    },
    run(blocks) {
      const words = heap.integers(control)
      runs = (runs + 1) & 0x7fff
      Atomics.store(words, CONTROL.ticket, (runs << 16) | CLOSED)
      layOut(blocks)
      words[CONTROL.done] = 0
      words[CONTROL.blocks] = blocks.length
      Atomics.store(words, CONTROL.ticket, runs << 16)
      if (threads > 0) {
        Atomics.store(words, CONTROL.run, runs)
        Atomics.notify(words, CONTROL.run)
      }
      heap.kernels.trainBlocks(control.pointer, scratch, maySleep)
      const sums = new Float64Array(heap.memory.buffer, losses.pointer, blocks.length)
      return sums.reduce((sum, loss) => sum + loss, 0)
    },
    close() {
      const words = heap.integers(control)
      Atomics.store(words, CONTROL.run, -1)
      Atomics.notify(words, CONTROL.run)
    },
  }
}
