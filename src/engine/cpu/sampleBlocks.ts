import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { SampleSettings } from './sampleSettings'
import type { StartThread } from './sampleThreads'

/** Samples of one block that a run trains. */
export interface SampleBlock {
  /** Records, from 0. */
  from: number
  to: number
  rowGroup: number
  columnGroup: number
}

/** Runs blocks on threads, the caller's among them. */
export interface BlockRunner {
  /** Σ of the squared errors, added block by block. Returns when all are done. */
  run(blocks: readonly SampleBlock[]): number
  /** Ends the threads; resolves when they are gone. */
  close(): Promise<void>
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
export function createBlockRunner(heap: SimdHeap, records: number, groups: number, settings: SampleSettings) {
  const [control, progress] = [heap.allocate(16), heap.allocate(2 * groups)]
  const [losses, table] = [heap.allocate(2 * groups * groups), heap.allocate(BLOCK * groups * groups)]
  const scratch = settings.createScratch()
  const threads: { closed: Promise<void> }[] = []
  // A page's own thread may not sleep.
  const maySleep = typeof document === 'undefined'
  const words = heap.integers(control)
  words.set([settings.kind, settings.rowBytes, settings.pointer, groups], CONTROL.kind)
  words.set([losses.pointer, progress.pointer, table.pointer], CONTROL.losses)
  words[CONTROL.ticket] = CLOSED
  let runs = 0

  function layOut(blocks: readonly SampleBlock[]): void {
    const [entries, finished] = [heap.integers(table), heap.integers(progress)]
    const before = new Uint32Array(2 * groups)
    for (const [i, { from, to, rowGroup, columnGroup }] of blocks.entries()) {
      const [row, column] = [rowGroup, groups + columnGroup]
      const [first, end] = [records + from * RECORD_BYTES, records + to * RECORD_BYTES]
      entries.set([first, end, rowGroup, columnGroup, before[row]!++, before[column]!++], BLOCK * i)
    }
    finished.fill(0)
  }

  return {
    async startThreads(count: number, startThread: StartThread): Promise<void> {
      const starts = Array.from({ length: count }, () => ({
        memory: heap.memory,
        control: control.pointer,
        scratch: settings.createScratch(),
      }))
      threads.push(...(await Promise.all(starts.map(startThread))))
    },
    run(blocks: readonly SampleBlock[]): number {
      const words = heap.integers(control)
      runs = (runs + 1) & 0x7fff
      Atomics.store(words, CONTROL.ticket, (runs << 16) | CLOSED)
      layOut(blocks)
      words[CONTROL.done] = 0
      words[CONTROL.blocks] = blocks.length
      Atomics.store(words, CONTROL.ticket, runs << 16)
      if (threads.length > 0) {
        Atomics.store(words, CONTROL.run, runs)
        Atomics.notify(words, CONTROL.run)
      }
      heap.kernels.trainBlocks(control.pointer, scratch, maySleep)
      const sums = new Float64Array(heap.memory.buffer, losses.pointer, blocks.length)
      return sums.reduce((sum, loss) => sum + loss, 0)
    },
    async close(): Promise<void> {
      const words = heap.integers(control)
      Atomics.store(words, CONTROL.run, -1)
      Atomics.notify(words, CONTROL.run)
      await Promise.all(threads.splice(0).map(({ closed }) => closed))
    },
  }
}
