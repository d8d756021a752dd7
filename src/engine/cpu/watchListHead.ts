import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { HeapBatch } from './heapBatch'
import type { HeapMatrix } from './heapDense'
import type { HeapOptimizer } from './heapOptimizer'
import { createHeapParameter, type HeapParameter } from './heapParameter'
import { createHeapRoom } from './heapRoom'
import { createHeapRowIndex } from './heapRowIndex'
import { createHeapTable } from './heapTable'
import type { Candidates } from './watchListSampler'

/** The linear layer behind a sampled softmax: a row and a bias for each of C items, of which a step touches few. */
export interface SampledHead {
  /** [C × D] and [C]. */
  readonly rows: HeapParameter
  readonly bias: HeapParameter
  /** Looks up the labels of a batch and the candidates. `l2` times a row is added to its gradient for each of these lookups. */
  beginStep(batch: HeapBatch, candidates: Candidates, l2: number): void
  /** Σ of the loss of examples `from` …, whose bags are in x; the gradient of `scale` · Σ goes to `dX` and, until `update`, to the rows. */
  train(x: HeapMatrix, dX: HeapMatrix, from: number, examples: number, scale: number): number
  update(optimizer: HeapOptimizer): void
  /** All items side by side: kernel [D, padded × columns] and bias [columns]. Valid until the next call. */
  turnAll(): { kernel: number; bias: number; columns: number }
}

interface Sizes {
  batchSize: number
  /** K. */
  candidates: number
  /** Examples at a time. */
  piece: number
}

/**
 * `values` [C × D]. The logits of an example are one row: of the K candidates, then of its own item, which is another one for each example.
 * See watchListLoss.reference.ts for what is computed.
 */
export function createSampledHead(
  heap: SimdHeap,
  values: Float32Array,
  dimension: number,
  { slots }: HeapOptimizer,
  { batchSize, candidates: K, piece }: Sizes,
): SampledHead {
  const { kernels } = heap
  const items = values.length / dimension
  const rows = createHeapParameter(heap, values, dimension, slots, { lanes: true })
  const bias = createHeapParameter(heap, new Float32Array(items), 1, slots)
  const W = rows.width
  const columns = 4 * Math.ceil((K + 1) / 4)
  const allColumns = 4 * Math.ceil(items / 4)
  const table = createHeapTable(heap, rows, 0, 'sum', batchSize + K)
  const biases = createHeapTable(heap, bias, 0, 'sum', batchSize + K)
  const index = createHeapRowIndex(heap, items, 'items', batchSize + K)
  const perLookup = (width: number) => createHeapRoom(heap, (batchSize + K) * width)
  const [ids, own, ownBias, dRows, dBiases] = [1, W, 1, W, 1].map(perLookup) as [Room, Room, Room, Room, Room]
  const fixed = (length: number) => heap.allocate(length).pointer
  // Candidates as rows, with zeros for an example's own item and for padding, and turned.
  const [rowsOfK, kernel, dKernel] = [fixed(columns * W), fixed(W * columns), fixed(W * columns)]
  const [biasOfK, dBias] = [fixed(columns), fixed(columns)]
  const [logits, dLogits] = [fixed(piece * columns), fixed(piece * columns)]
  const all = { kernel: createHeapRoom(heap, 0), bias: createHeapRoom(heap, 0) }
  /** Where an item is among the candidates; looked up in `drawn`. */
  const placeOf = new Int32Array(items)
  let drawn: Candidates = { classes: new Int32Array(0), correction: () => 0 }
  let labels = new Int32Array(0)
  let size = 0
  const lookups = () => ({ ids: ids.pointer, offsets: 0, count: size + K })
  const view = (pointer: number, length: number) => heap.floats({ pointer, length })

  function lookUp(): void {
    table.lookUp(lookups(), 0, size, { pointer: own.atLeast(size * W), stride: W }, 0)
    table.lookUp(lookups(), size, K, { pointer: rowsOfK, stride: W }, 0)
    kernels.transpose(rowsOfK, kernel, columns, W, W, columns)
    biases.lookUp(lookups(), 0, size, { pointer: ownBias.atLeast(size), stride: 1 }, 0)
    biases.lookUp(lookups(), size, K, { pointer: biasOfK, stride: 1 }, 0)
    const correctedOwn = view(ownBias.pointer, size)
    for (let i = 0; i < size; i++) correctedOwn[i]! += drawn.correction(labels[i]!)
    const corrected = view(biasOfK, K)
    for (let k = 0; k < K; k++) corrected[k]! += drawn.correction(drawn.classes[k]!)
  }

  /** Logits of the examples' own items beside those of the candidates; an own item among the candidates counts once. */
  function completeLogits(x: HeapMatrix, from: number, examples: number): void {
    const out = view(logits, examples * columns)
    const bags = view(x.pointer, examples * W)
    const owned = view(own.pointer + 4 * from * W, examples * W)
    const ownBiases = view(ownBias.pointer + 4 * from, examples)
    const targets = view(dLogits, examples * columns).fill(0)
    for (let i = 0; i < examples; i++) {
      const label = labels[from + i]!
      let sum = ownBiases[i]!
      for (let d = 0; d < W; d++) sum += bags[i * W + d]! * owned[i * W + d]!
      out[i * columns + K] = sum
      targets[i * columns + K] = 1
      const place = placeOf[label]!
      if (drawn.classes[place] === label) out[i * columns + place] = Number.NEGATIVE_INFINITY
    }
  }

  /** What the examples' own items add to the gradient of their bags, and their own gradients. */
  function backOwn(x: HeapMatrix, dX: HeapMatrix, from: number, examples: number): void {
    const slopes = view(dLogits, examples * columns)
    const bags = view(x.pointer, examples * W)
    const dBags = view(dX.pointer, examples * W)
    const owned = view(own.pointer + 4 * from * W, examples * W)
    const dOwned = view(dRows.pointer + 4 * from * W, examples * W)
    const dOwnBias = view(dBiases.pointer + 4 * from, examples)
    for (let i = 0; i < examples; i++) {
      const slope = slopes[i * columns + K]!
      dOwnBias[i] = slope
      for (let at = i * W; at < (i + 1) * W; at++) {
        dOwned[at] = slope * bags[at]!
        dBags[at]! += slope * owned[at]!
      }
    }
  }

  return {
    rows,
    bias,
    beginStep(batch, candidates, l2) {
      drawn = candidates
      size = batch.size
      const given = heap.integers({ pointer: ids.atLeast(size + K), length: size + K })
      const numbers = view(batch.labels, size)
      labels = Int32Array.from(numbers)
      given.set(labels)
      given.set(drawn.classes, size)
      drawn.classes.forEach((item, k) => {
        placeOf[item] = k
      })
      index.touch(lookups())
      if (l2 > 0) index.count(lookups(), size + K, 0)
      table.beginStep(index, l2)
      biases.beginStep(index, 0)
      dRows.atLeast((size + K) * W)
      dBiases.atLeast(size + K)
      lookUp()
      view(dKernel, W * columns).fill(0)
      view(dBias, columns).fill(0)
    },
    train(x, dX, from, examples, scale) {
      kernels.layerForward(x.pointer, kernel, biasOfK, logits, examples, W, columns, x.stride, 0, 0)
      completeLogits(x, from, examples)
      const total = kernels.softmaxCrossEntropy(logits, dLogits, examples, K + 1, columns, scale)
      kernels.columnSums(dLogits, dBias, examples, columns)
      kernels.matrixProductTransposeA(
        x.pointer,
        dLogits,
        dKernel,
        W,
        examples,
        columns,
        x.stride,
        columns,
        columns,
        1,
        1,
      )
      kernels.layerBackward(dLogits, rowsOfK, x.pointer, dX.pointer, examples, columns, W, 0)
      backOwn(x, dX, from, examples)
      return total
    },
    update(optimizer) {
      kernels.transpose(dKernel, dRows.pointer + 4 * size * W, W, K, columns, W)
      view(dBiases.pointer + 4 * size, K).set(view(dBias, K))
      table.backward(lookups(), index, 0, size + K, { pointer: dRows.pointer, stride: W })
      biases.backward(lookups(), index, 0, size + K, { pointer: dBiases.pointer, stride: 1 })
      table.update(optimizer, index)
      biases.update(optimizer, index)
    },
    turnAll() {
      const turnedRows = all.kernel.atLeast(W * allColumns)
      const turnedBias = all.bias.atLeast(allColumns)
      kernels.transpose(rows.table, turnedRows, items, W, rows.stride, allColumns)
      kernels.transpose(bias.table, turnedBias, items, 1, bias.stride, allColumns)
      return { kernel: turnedRows, bias: turnedBias, columns: allColumns }
    },
  }
}

type Room = ReturnType<typeof createHeapRoom>
