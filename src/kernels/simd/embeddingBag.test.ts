import { describe, expect, it } from 'vitest'
import { createRandom } from '../../lib/random'
import { type Combiner, combinerCodes } from '../combiner'
import { embeddingBagReference } from '../embeddingBag.reference'
import { embeddingBagGradReference } from '../embeddingBagGrad.reference'
import { expectClose } from '../expectClose'
import { createTestHeap, normals, sizes } from './testHeap'

const V = 20
const combiners: Combiner[] = ['sum', 'mean', 'sqrtn']

/** 0 to 3 ids a bag, or one. */
function bagsOf(bags: number, single: boolean) {
  const random = createRandom(3, `bags ${bags}`)
  const offsets = new Int32Array(bags + 1)
  for (let b = 0; b < bags; b++) offsets[b + 1] = offsets[b]! + (single ? 1 : random.integer(4))
  return { offsets, ids: Int32Array.from({ length: offsets[bags]! }, () => random.integer(V)) }
}

/** Rows of `width` floats in a matrix of `stride`, from column `start` on. */
function columnsOf(matrix: Float32Array, rows: number, stride: number, start: number, width: number): Float32Array {
  const range = new Float32Array(rows * width)
  for (let i = 0; i < rows; i++) range.set(matrix.subarray(i * stride + start, i * stride + start + width), i * width)
  return range
}

describe.each([1, 4, 8, 12])('bags of rows of %i numbers', (width) => {
  const stride = width === 1 ? 1 : width + 4
  const outStride = width + 8
  const table = normals(V * stride, 4)
  const rows = columnsOf(table, V, stride, 0, width)

  describe.each([true, false])('single ids: %s', (single) => {
    it.each(sizes)('%i bags into columns of a matrix, in two pieces', (bags) => {
      const { offsets, ids } = bagsOf(bags, single)
      for (const combiner of combiners)
        for (const add of [0, 1] as const) {
          const heap = createTestHeap()
          const before = normals(bags * outStride, 5)
          const [tableBlock, idsBlock] = [heap.floats(table), heap.integers(ids)]
          const offsetsBlock = heap.integers(offsets)
          const out = heap.floats(before)
          const half = bags >> 1
          for (const [from, count] of [
            [0, half],
            [half, bags - half],
          ] as const) {
            heap.kernels.embeddingBag(
              tableBlock.pointer,
              stride,
              width,
              idsBlock.pointer,
              single ? 0 : offsetsBlock.pointer,
              from,
              count,
              combinerCodes[combiner],
              out.pointer + 4 * (from * outStride + 4),
              outStride,
              add,
            )
          }
          const expected = before.slice()
          for (const [i, value] of embeddingBagReference(rows, width, ids, offsets, combiner).entries()) {
            const at = Math.floor(i / width) * outStride + 4 + (i % width)
            expected[at] = value + (add ? expected[at]! : 0)
          }
          expectClose(out.floats(), expected)
        }
    })

    it.each(sizes)('the gradient of %i bags by row touched, in two pieces, with L2', (bags) => {
      const { offsets, ids } = bagsOf(bags, single)
      const multiplicity = Int32Array.from({ length: bags }, (_, b) => 1 + (b % 3))
      for (const combiner of combiners) {
        const heap = createTestHeap()
        const dOut = normals(bags * outStride, 6)
        const [tableBlock, idsBlock] = [heap.floats(table), heap.integers(ids)]
        const offsetsPointer = single ? 0 : heap.integers(offsets).pointer
        const [places, touchedRows] = [heap.integers(new Int32Array(V)), heap.integers(ids)]
        const [lookupPlaces, counts] = [heap.integers(ids), heap.integers(ids)]
        const gradient = heap.floats(new Float32Array(ids.length * width).fill(9))
        const weights = heap.integers(multiplicity).pointer
        const dOutBlock = heap.floats(dOut)
        const { kernels } = heap
        const { pointer } = lookupPlaces
        const touched = kernels.touchRows(idsBlock.pointer, ids.length, V, places.pointer, touchedRows.pointer, pointer)
        kernels.countLookups(pointer, offsetsPointer, bags, weights, touched, counts.pointer)
        kernels.startRowGradient(
          tableBlock.pointer,
          stride,
          width,
          touchedRows.pointer,
          counts.pointer,
          touched,
          0.25,
          gradient.pointer,
        )
        const half = bags >> 1
        for (const [from, count] of [
          [0, half],
          [half, bags - half],
        ] as const) {
          const at = dOutBlock.pointer + 4 * (from * outStride + 4)
          const code = combinerCodes[combiner]
          kernels.embeddingBagGrad(at, outStride, width, pointer, offsetsPointer, from, count, code, gradient.pointer)
        }
        const range = columnsOf(dOut, bags, outStride, 4, width)
        const expected = embeddingBagGradReference(range, rows, width, ids, offsets, combiner, 0)
        for (let b = 0; b < bags; b++)
          for (let i = offsets[b]!; i < offsets[b + 1]!; i++)
            for (let d = ids[i]! * width; d < (ids[i]! + 1) * width; d++)
              expected[d]! += 0.25 * multiplicity[b]! * rows[d]!
        const actual = new Float32Array(V * width)
        for (let u = 0; u < touched; u++) {
          const row = gradient.floats().subarray(u * width, (u + 1) * width)
          actual.set(row, touchedRows.integers()[u]! * width)
        }
        expect(touched).toBe(new Set(ids).size)
        expectClose(actual, expected, 2e-6)
      }
    })
  })
})
