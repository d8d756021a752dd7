import { popularityOf } from '../../columns/popularity'
import type { EncodedData } from '../../columns/sparseBatch'
import { categoricalName, columnName } from '../../experiment/columnName'
import type { Experiment } from '../../experiment/experiment'
import { isSampled } from '../../experiment/watchList'
import { createSimdHeap } from '../../kernels/simd/simdHeap'
import { categoricalPosition } from '../../model/categoricalPosition'
import { initialKernel, initialTable } from '../../model/initialize'
import type { Checkpoint, NamedArray, ResidentTrainable } from '../../model/trainable'
import { variableOf } from '../../model/variable'
import { createHeapBatch } from './heapBatch'
import { createHeapOptimizer } from './heapOptimizer'
import { createHeapParameter } from './heapParameter'
import { createHeapRoom } from './heapRoom'
import { createHeapRowIndex } from './heapRowIndex'
import { createHeapTable } from './heapTable'
import { createHeapTrainable } from './heapTrainable'
import { createSampledHead } from './watchListHead'
import { createCandidateSampler } from './watchListSampler'

/** Rows of a batch whose logits are computed at a time: they stay in the cache. */
const PIECE = 128

/**
 * A watch list over so many items that each step asks about a few of them: `tf.nn.sampled_softmax_loss` over a bag of embeddings. Names, shapes and first
 * weights are those of the full softmax (model/tabular.ts); predictions are over all items. A step reads and moves the rows of the list, of the labels
 * and of the candidates, no others but for optimizers that move every row; L2 counts each of these lookups. null where the softmax is full.
 */
export function createSampledWatchList(encoded: EncodedData, experiment: Experiment): ResidentTrainable | null {
  const { model, columns, batchSize, seed, l2 } = experiment
  const [column] = columns
  const items = encoded.label.outputs
  if (model.type !== 'watchList' || column?.type !== 'embedding' || !isSampled(model, items)) return null
  const heap = createSimdHeap()
  const { kernels } = heap
  const optimizer = createHeapOptimizer(heap, experiment.optimizer)
  const batch = createHeapBatch(heap, encoded, experiment, 1)
  const { dimension, initializerStddev, trainable, combiner } = column
  const name = columnName(column)
  const position = categoricalPosition(encoded, column.categorical)
  const { buckets } = encoded.categorical[position]!
  const lookups = batch.lookups[position]!
  const first = initialTable(seed, name, buckets, dimension, initializerStddev)
  const parameter = createHeapParameter(heap, first, dimension, optimizer.slots, { trainable, lanes: true })
  const table = createHeapTable(heap, parameter, position, combiner, batchSize)
  const index = createHeapRowIndex(heap, buckets, name, batchSize)
  const draw = createCandidateSampler(popularityOf(encoded), model.candidates, seed)
  const firstKernel = initialKernel(seed, KERNEL, dimension, items)
  const head = createSampledHead(heap, turned(firstKernel, dimension, items), dimension, optimizer, {
    batchSize,
    candidates: Math.min(model.candidates, items),
    piece: PIECE,
  })
  const { width } = parameter
  const matrix = () => ({ pointer: heap.allocate(PIECE * width).pointer, stride: width })
  const [x, dX] = [matrix(), matrix()]
  const predictions = createHeapRoom(heap, 0)

  const trained = createHeapTrainable(heap, encoded, experiment, batch, optimizer, {
    tables: [{ name, column: categoricalName(column.categorical), rows: buckets, dimension }],
    variables: [
      variableOf(name, parameter),
      variableOf(KERNEL, head.rows),
      variableOf('head/bias', head.bias, [items]),
    ],
    step() {
      const { size } = batch
      const shrink = (2 * l2) / size
      index.touch(lookups)
      if (l2 > 0) index.count(lookups, size, 0)
      if (trainable) table.beginStep(index, shrink)
      head.beginStep(batch, draw(optimizer.steps), shrink)
      let total = 0
      for (let from = 0; from < size; from += PIECE) {
        const rows = Math.min(PIECE, size - from)
        table.lookUp(lookups, from, rows, x, 0)
        total += head.train(x, dX, from, rows, 1 / size)
        if (trainable) table.backward(lookups, index, from, rows, dX)
      }
      optimizer.beginStep()
      if (trainable) table.update(optimizer, index)
      head.update(optimizer)
      return total
    },
    predict() {
      index.touch(lookups)
      const all = head.turnAll()
      const pointer = predictions.atLeast(batch.size * all.columns)
      for (let from = 0; from < batch.size; from += PIECE) {
        const rows = Math.min(PIECE, batch.size - from)
        table.lookUp(lookups, from, rows, x, 0)
        const out = pointer + 4 * from * all.columns
        kernels.layerForward(x.pointer, all.kernel, all.bias, out, rows, width, all.columns, width, 0, 0)
      }
      return { pointer, stride: all.columns }
    },
  })
  return {
    ...trained,
    save: async () => withTurnedKernel(await trained.save()),
    restore: (checkpoint) => trained.restore(withTurnedKernel(checkpoint)),
  }
}

/** Held with a row an item; saved as the kernel of a dense layer. */
const KERNEL = 'head/kernel'

function withTurnedKernel({ weights, optimizer, steps }: Checkpoint): Checkpoint {
  const turn = (named: Record<string, NamedArray>) =>
    Object.fromEntries(
      Object.entries(named).map(([name, array]) => {
        if (name !== KERNEL && !name.startsWith(`${KERNEL}/`)) return [name, array]
        const [rows = 0, columns = 0] = array.shape
        return [name, { shape: [columns, rows], values: turned(array.values, rows, columns) }]
      }),
    )
  return { weights: turn(weights), optimizer: turn(optimizer), steps }
}

/** [rows × columns] → [columns × rows]. */
function turned(values: Float32Array, rows: number, columns: number): Float32Array {
  const target = new Float32Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) target[column * rows + row] = values[row * columns + column]!
  }
  return target
}
