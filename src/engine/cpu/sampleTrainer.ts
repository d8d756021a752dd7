import { createSimdHeap } from '../../kernels/simd/simdHeap'
import { createRandom, shuffle } from '../../lib/random'
import { createBlockRunner, RECORD_BYTES, type SampleBlock } from './sampleBlocks'
import { createSampleOrder, type SampleOrder, type Samples } from './sampleOrder'
import { createSampleRows, type SampleRows } from './sampleRows'
import { createSampleSettings, type SampleStep } from './sampleSettings'
import { type StartThread, startWorkerThread } from './sampleThreads'

export interface SampleTrainerOptions extends Samples, SampleStep {
  learningRate: number
  /** Of the order; weights start at 0 and are written by the caller. */
  seed: number
  /** The caller's among them. More than one needs memory that threads can share. */
  threads?: number
  startThread?: StartThread
}

/** Trains ŷ = ⟨user, item⟩ (+ biases) on squared error, one sample at a time. */
export interface SampleTrainer {
  readonly user: SampleRows
  readonly item: SampleRows
  readonly samples: number
  /** Bytes of its heap. */
  readonly bytes: number
  setLearningRate(learningRate: number): void
  /** Sample numbers in the order in which an epoch trains them. A fresh array. */
  order(epoch: number): Uint32Array
  /** Samples `from` … `to` − 1 of that order; returns the sum of their squared errors, each as it was before its step. */
  train(epoch: number, from?: number, to?: number): number
  /** Ends its threads. */
  close(): Promise<void>
}

/**
 * Any number of threads gives the same bits, and so does an epoch in pieces. Every epoch takes the strata of `createSampleOrder` in an order of its own. Targets are
 * what the product is to reach: a mean is taken off before.
 */
export async function createSampleTrainer(options: SampleTrainerOptions): Promise<SampleTrainer> {
  const { dimension, optimizer, userRows, itemRows, seed, threads = 1, startThread = startWorkerThread } = options
  const count = options.users.length
  const order = createSampleOrder(options, seed)
  const heap = createSimdHeap({ shared: threads > 1 })
  const settings = createSampleSettings(heap, options)
  settings.setLearningRate(options.learningRate)
  const user = createSampleRows(heap, userRows, dimension, optimizer, order.userPlaces)
  const item = createSampleRows(heap, itemRows, dimension, optimizer, order.itemPlaces)
  // One more than there are: the second of a pair is read before it is known to be one.
  const records = heap.allocate(((count + 1) * RECORD_BYTES) / 4)
  const runner = createBlockRunner(heap, records.pointer, order.groups, settings)
  const extraThreads = Math.min(threads, order.groups) - 1
  const scratches = extraThreads > 0 ? runner.startThreads(extraThreads, startThread) : Promise.resolve()
  writeRecords(heap.integers(records), heap.floats(records), options, order.samples, user, item)
  await scratches

  return {
    user,
    item,
    samples: count,
    bytes: heap.bytes,
    setLearningRate: settings.setLearningRate,
    order(epoch) {
      const numbers = new Uint32Array(count)
      let at = 0
      for (const { from, to } of blocksOf(order, seed, epoch)) {
        numbers.set(order.samples.subarray(from, to), at)
        at += to - from
      }
      return numbers
    },
    train: (epoch, from = 0, to = count) => runner.run(cut(blocksOf(order, seed, epoch), from, to)),
    close: runner.close,
  }
}

function writeRecords(
  integers: Int32Array,
  floats: Float32Array,
  { users, items, targets }: Samples,
  samples: Uint32Array,
  user: SampleRows,
  item: SampleRows,
): void {
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!
    integers[3 * i] = user.addressOf(users[sample]!)
    integers[3 * i + 1] = item.addressOf(items[sample]!)
    floats[3 * i + 2] = targets[sample]!
  }
}

/** All blocks that hold samples, stratum by stratum, the strata shuffled for the epoch. */
function blocksOf({ groups, starts }: SampleOrder, seed: number, epoch: number): SampleBlock[] {
  const strata = Uint32Array.from({ length: groups }, (_, stratum) => stratum)
  shuffle(strata, createRandom(seed, `strata ${epoch}`))
  const blocks: SampleBlock[] = []
  for (const stratum of strata) {
    for (let rowGroup = 0; rowGroup < groups; rowGroup++) {
      const block = stratum * groups + rowGroup
      const [from, to] = [starts[block]!, starts[block + 1]!]
      if (to > from) blocks.push({ from, to, rowGroup, columnGroup: (rowGroup + stratum) % groups })
    }
  }
  return blocks
}

/** What lies between two positions when the blocks are put one behind the other. */
function cut(blocks: readonly SampleBlock[], from: number, to: number): SampleBlock[] {
  const pieces: SampleBlock[] = []
  let position = 0
  for (const block of blocks) {
    const [first, last] = [Math.max(from - position, 0), Math.min(to - position, block.to - block.from)]
    if (first < last) pieces.push({ ...block, from: block.from + first, to: block.from + last })
    position += block.to - block.from
  }
  return pieces
}
