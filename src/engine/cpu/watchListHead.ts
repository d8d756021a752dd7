import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { HeapBatch } from './heapBatch'
import type { HeapMatrix } from './heapDense'
import type { HeapOptimizer } from './heapOptimizer'
import { createHeapParameter, type HeapParameter } from './heapParameter'
import { createHeapRoom, type HeapRoom } from './heapRoom'
import { createHeapRowIndex } from './heapRowIndex'
import { createHeapTable } from './heapTable'
import { createOwnItems } from './watchListOwnItems'
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
  const table = createHeapTable(heap, rows, 0, 'sum', batchSize + K)
  const biases = createHeapTable(heap, bias, 0, 'sum', batchSize + K)
  const index = createHeapRowIndex(heap, items, 'items', batchSize + K)
  const own = createOwnItems(heap, W, batchSize)
  // Labels first, then candidates.
  const [ids, dRows, dBiases] = [1, W, 1].map((width) =>
    createHeapRoom(heap, (batchSize + K) * width),
  ) as Three<HeapRoom>
  const fixed = (length: number) => heap.allocate(length).pointer
  // Candidates as rows, with zeros for an example's own item and for padding, and turned.
  const [rowsOfK, kernel, dKernel] = [fixed(columns * W), fixed(W * columns), fixed(W * columns)]
  const [biasOfK, dBias] = [fixed(columns), fixed(columns)]
  const matrix = (): HeapMatrix => ({ pointer: fixed(piece * columns), stride: columns })
  const [logits, dLogits] = [matrix(), matrix()]
  /** Where an item is among the candidates; looked up in `drawn`. */
  const placeOf = new Int32Array(items)
  let drawn: Candidates = { classes: new Int32Array(0), correction: () => 0 }
  let labels = new Int32Array(0)
  let size = 0
  const lookups = () => ({ ids: ids.pointer, offsets: 0, count: size + K })
  const view = (pointer: number, length: number) => heap.floats({ pointer, length })

  function draw(batch: HeapBatch, candidates: Candidates): void {
    drawn = candidates
    size = batch.size
    const given = heap.integers({ pointer: ids.atLeast(size + K), length: size + K })
    labels = Int32Array.from(view(batch.labels, size))
    given.set(labels)
    given.set(drawn.classes, size)
    drawn.classes.forEach((item, k) => {
      placeOf[item] = k
    })
  }

  function lookUp(): void {
    own.lookUp(table, biases, lookups(), size, (i) => drawn.correction(labels[i]!))
    table.lookUp(lookups(), size, K, { pointer: rowsOfK, stride: W }, 0)
    kernels.transpose(rowsOfK, kernel, columns, W, W, columns)
    biases.lookUp(lookups(), size, K, { pointer: biasOfK, stride: 1 }, 0)
    const corrected = view(biasOfK, K)
    for (let k = 0; k < K; k++) corrected[k]! += drawn.correction(drawn.classes[k]!)
  }

  /** Each example's target is its own item; where that is among the candidates, it counts once. */
  function setTargets(from: number, examples: number): void {
    const out = view(logits.pointer, examples * columns)
    const targets = view(dLogits.pointer, examples * columns).fill(0)
    for (let i = 0; i < examples; i++) {
      const label = labels[from + i]!
      const place = placeOf[label]!
      targets[i * columns + K] = 1
      if (drawn.classes[place] === label) out[i * columns + place] = Number.NEGATIVE_INFINITY
    }
  }

  return {
    rows,
    bias,
    beginStep(batch, candidates, l2) {
      draw(batch, candidates)
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
      const [z, dZ] = [logits.pointer, dLogits.pointer]
      kernels.layerForward(x.pointer, kernel, biasOfK, z, examples, W, columns, x.stride, 0, 0)
      own.logits(x, from, examples, logits, K)
      setTargets(from, examples)
      const total = kernels.softmaxCrossEntropy(z, dZ, examples, K + 1, columns, scale)
      kernels.columnSums(dZ, dBias, examples, columns)
      kernels.matrixProductTransposeA(x.pointer, dZ, dKernel, W, examples, columns, x.stride, columns, columns, 1, 1)
      kernels.layerBackward(dZ, rowsOfK, x.pointer, dX.pointer, examples, columns, W, 0)
      const [dOwn, dOwnBias] = [dRows.pointer + 4 * from * W, dBiases.pointer + 4 * from]
      own.backward(x, dX, from, examples, dLogits, K, dOwn, dOwnBias)
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
    turnAll: createTurning(heap, rows, bias),
  }
}

/** See `SampledHead.turnAll`. */
function createTurning(heap: SimdHeap, rows: HeapParameter, bias: HeapParameter): SampledHead['turnAll'] {
  const columns = 4 * Math.ceil(rows.rows / 4)
  const [kernel, turnedBias] = [createHeapRoom(heap, 0), createHeapRoom(heap, 0)]
  return () => {
    const pointers = { kernel: kernel.atLeast(rows.width * columns), bias: turnedBias.atLeast(columns) }
    heap.kernels.transpose(rows.table, pointers.kernel, rows.rows, rows.width, rows.stride, columns)
    heap.kernels.transpose(bias.table, pointers.bias, rows.rows, 1, bias.stride, columns)
    return { ...pointers, columns }
  }
}

type Three<T> = [T, T, T]
