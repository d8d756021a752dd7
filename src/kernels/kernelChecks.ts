import { dispose, type Tensor1D, type Tensor2D, tensor1d, tensor2d } from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { createRandom, type Random } from '../lib/random'
import type { Combiner } from './combiner'
import { embeddingBag } from './embeddingBag'
import { embeddingBagReference } from './embeddingBag.reference'
import { embeddingBagGrad } from './embeddingBagGrad'
import { embeddingBagGradReference } from './embeddingBagGrad.reference'
import { expectClose } from './expectClose'
import { matrixProduct } from './matrixProduct'
import { matrixProductReference } from './matrixProduct.reference'
import { readTensor } from './readTensor'
import { createRowIndexer } from './rowIndex'
import { LOSS_COLUMN, softmaxCrossEntropy } from './softmaxCrossEntropy'
import { softmaxCrossEntropyReference } from './softmaxCrossEntropy.reference'
import { checkUpdates } from './updateChecks'
import { checkWeightedBags } from './weightedBagChecks'

const SIZES = [0, 1, 63, 64, 65]
const ROWS = 40
const combiners: Combiner[] = ['mean', 'sum', 'sqrtn']

/** Declares the tests of every kernel against its reference, on the backend that is current when they run. */
export function checkKernels(): void {
  for (const lookups of SIZES) {
    for (const dim of [1, 2, 5]) {
      it(`looks up bags and their gradients: ${lookups} lookups of dimension ${dim}`, async () => {
        const random = createRandom(lookups * 10 + dim, 'kernels')
        // From one lookup on, some ids repeat and every fourth bag is empty.
        const ids = Int32Array.from({ length: lookups }, () => random.integer(ROWS / 2))
        for (const combiner of combiners) await checkBag(random, ids, dim, bagOffsets(lookups), combiner)
        await checkBag(
          random,
          ids,
          dim,
          Int32Array.from({ length: lookups + 1 }, (_, i) => i),
          'mean',
        )
      })
    }
  }
  checkWeightedBags(SIZES)
  checkUpdates(SIZES)
  for (const outer of SIZES) {
    it(`multiplies matrices of ${outer} rows, either one turned`, async () => {
      for (const inner of [0, 1, 5, 64]) await checkProducts(createRandom(outer + inner, 'product'), outer, inner, 3)
    })
  }
  for (const rows of SIZES) {
    it(`computes log losses of classes and their gradients: ${rows} rows`, async () => {
      for (const classes of [1, 3, 70]) await checkSoftmax(createRandom(rows + classes, 'softmax'), rows, classes)
    })
  }
  it('reads ids beyond 2^24 exactly', async () => {
    const rows = 2 ** 24 + 4
    const table = new Float32Array(rows).fill(0)
    for (let row = rows - 8; row < rows; row++) table[row] = row - (rows - 8)
    const ids = Int32Array.from({ length: 8 }, (_, i) => rows - 8 + i)
    const tensors: [Tensor2D, Tensor1D, Tensor1D] = [tensor2d(table, [rows, 1]), integers(ids), integers(range(9))]
    const out = embeddingBag(...tensors, 8, 'sum')
    expect([...(await readTensor(out))]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    dispose([out, ...tensors])
  })
}

async function checkBag(
  random: Random,
  ids: Int32Array,
  dim: number,
  offsets: Int32Array,
  combiner: Combiner,
): Promise<void> {
  const bags = offsets.length - 1
  const values = normals(random, ROWS * dim)
  const dValues = normals(random, bags * dim)
  const table = tensor2d(values, [ROWS, dim])
  const [idTensor, offsetTensor] = [integers(ids), integers(offsets)]
  const out = embeddingBag(table, idTensor, offsetTensor, bags, combiner)
  expect(out.shape).toEqual([bags, dim])
  expectClose(await readTensor(out), embeddingBagReference(values, dim, ids, offsets, combiner))

  for (const l2 of [0, 0.25]) {
    const index = createRowIndexer(ROWS, 'test').index(ids, offsets, null)
    const [rows, starts] = [integers(index.rows), integers(index.starts)]
    const [bagTensor, counts] = [integers(index.bags), integers(index.counts)]
    const dOut = tensor2d(dValues, [bags, dim])
    const indexTensors = { touched: index.touched, rows, starts, bags: bagTensor, counts }
    const slices = embeddingBagGrad(dOut, table, indexTensors, offsetTensor, combiner, l2)
    expect(slices.shape).toEqual([new Set(ids).size, dim])
    const dense = scatter(await readTensor(slices), index.rows, dim)
    expectClose(dense, embeddingBagGradReference(dValues, values, dim, ids, offsets, combiner, l2))
    dispose([rows, starts, bagTensor, counts, dOut, slices])
  }
  dispose([table, idTensor, offsetTensor, out])
}

async function checkProducts(random: Random, outer: number, inner: number, columns: number): Promise<void> {
  const matrix = (rows: number, width: number) =>
    Array.from({ length: rows }, () => Array.from({ length: width }, () => random.normal()))
  const turned = (rows: number[][], width: number) =>
    Array.from({ length: width }, (_, j) => rows.map((row) => row[j]!))
  const [a, b] = [matrix(outer, inner), matrix(inner, columns)]
  // No rows to take the width from: the reference sees an empty matrix.
  const expected = inner === 0 ? new Array(outer * columns).fill(0) : matrixProductReference(a, b).flat()
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const left = tensor2d(
        transposeA ? turned(a, inner).flat() : a.flat(),
        transposeA ? [inner, outer] : [outer, inner],
      )
      const right = tensor2d(
        transposeB ? turned(b, columns).flat() : b.flat(),
        transposeB ? [columns, inner] : [inner, columns],
      )
      const out = matrixProduct(left, right, { transposeA, transposeB })
      expect(out.shape).toEqual([outer, columns])
      expectClose(await readTensor(out), expected)
      dispose([left, right, out])
    }
  }
}

async function checkSoftmax(random: Random, rows: number, classes: number): Promise<void> {
  // Every third row has logits that would overflow without care; rows stand for 0 to 4 examples.
  const logits = Array.from({ length: rows }, (_, g) =>
    Array.from({ length: classes }, () => random.normal() + (g % 3 === 2 ? 120 : 0)),
  )
  const counts = Array.from({ length: rows }, (_, g) => {
    const row = new Array<number>(classes).fill(0)
    for (let example = 0; example < g % 5; example++) row[random.integer(classes)]!++
    return row
  })
  const [logitTensor, countTensor] = [
    tensor2d(logits.flat(), [rows, classes]),
    tensor2d(counts.flat(), [rows, classes]),
  ]
  const { statistics, dLogits } = softmaxCrossEntropy(logitTensor, countTensor, 0.5)
  const expected = logits.map((row, g) => softmaxCrossEntropyReference(row, counts[g]!))
  const columns = await readTensor(statistics)
  // 120 has a spacing of 7.6e-6 in float32.
  expectClose(
    columns.filter((_, i) => i % 4 === LOSS_COLUMN),
    expected.map(({ loss }) => loss),
    5e-5,
  )
  expectClose(
    await readTensor(dLogits),
    expected.flatMap(({ dLogits: row }) => row.map((value) => value / 2)),
    5e-5,
  )
  dispose([logitTensor, countTensor, statistics, dLogits])
}

/** Bags of 0, 1, 2, 3, 0, … lookups that use up all of them, and an empty one at the end. */
function bagOffsets(lookups: number): Int32Array {
  const offsets = [0]
  for (let size = 0; offsets.at(-1)! < lookups; size++) offsets.push(Math.min(offsets.at(-1)! + (size % 4), lookups))
  return Int32Array.from([...offsets, lookups])
}

function scatter(values: Float32Array, rows: Int32Array, dim: number): Float32Array {
  const dense = new Float32Array(ROWS * dim)
  for (const [u, row] of rows.entries()) dense.set(values.subarray(u * dim, (u + 1) * dim), row * dim)
  return dense
}

function normals(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => random.normal())
}

function integers(values: Int32Array): Tensor1D {
  return tensor1d(values, 'int32')
}

function range(length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => i)
}
