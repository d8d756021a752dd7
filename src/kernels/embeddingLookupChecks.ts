import {
  add,
  concat,
  dispose,
  div,
  gather,
  grads as gradsOf,
  matMul,
  maximum,
  memory,
  mul,
  relu,
  type Scalar,
  setBackend,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  type Variable,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import type { Combiner } from './combiner'
import { embeddingLookup, type LookupTable } from './embeddingLookup'
import { expectClose } from './expectClose'
import { readTensor } from './readTensor'
import { sparseValueAndGrads } from './sparseTape'

/** A film table that is looked up twice, a genre table in weighted bags, and a small network on them. */
interface LookupCase {
  films: Float32Array
  genres: Float32Array
  filmIds: Int32Array
  otherFilmIds: Int32Array
  genreIds: Int32Array
  offsets: Int32Array
  weights: Float32Array
  combiner: Combiner
  maxNorm: number
  kernel: Float32Array
  head: Float32Array
  labels: Float32Array
}

const [FILMS, FILM_DIM, GENRES, GENRE_DIM, UNITS] = [9, 3, 6, 2, 4]

function lookupCase(size: number, combiner: Combiner): LookupCase {
  const random = createRandom(size, combiner)
  const normals = (length: number) => Float32Array.from({ length }, () => random.normal())
  const ids = (length: number, rows: number) => Int32Array.from({ length }, () => random.integer(rows))
  // Bags of 0, 1, 2 and 3.
  const offsets = Int32Array.from({ length: size + 1 }, (_, b) => Math.floor(b / 4) * 6 + [0, 0, 1, 3][b % 4]!)
  const lookups = offsets[size]!
  return {
    films: normals(FILMS * FILM_DIM),
    genres: normals(GENRES * GENRE_DIM),
    filmIds: ids(size, FILMS - 2),
    otherFilmIds: ids(size, FILMS - 1),
    genreIds: ids(lookups, GENRES - 1),
    offsets,
    weights: Float32Array.from({ length: lookups }, () => 0.2 + random.uniform()),
    combiner,
    maxNorm: 1.2,
    kernel: normals((FILM_DIM + GENRE_DIM) * UNITS),
    head: normals(UNITS),
    labels: normals(size),
  }
}

/** Loss of the network on what was looked up; the second look at the films is a penalty of their squares. */
function lossOf(film: Tensor2D, genre: Tensor2D, other: Tensor2D, kernel: Tensor2D, head: Tensor2D, labels: Tensor2D) {
  const hidden = relu(matMul(concat([film, genre], 1), kernel))
  const error = sub(matMul(hidden, head), labels)
  return add(sum(square(error)), mul(sum(square(other)), 0.5)) as Scalar
}

/** The dense gradients of TensorFlow.js's own `gather`, on the CPU. Bags are a matrix product here, so nothing is shared with our kernels. */
async function denseGradients(one: LookupCase): Promise<{ value: number; gradients: Record<string, Float32Array> }> {
  await setBackend('cpu')
  const { offsets, weights, combiner } = one
  const size = offsets.length - 1
  const mixing = new Float32Array(size * weights.length)
  for (let b = 0; b < size; b++) {
    const own = weights.subarray(offsets[b], offsets[b + 1])
    const total = own.reduce((all, weight) => all + (combiner === 'sqrtn' ? weight ** 2 : weight), 0)
    const norm = combiner === 'sum' ? 1 : combiner === 'mean' ? total : Math.sqrt(total)
    for (const [i, weight] of own.entries()) mixing[b * weights.length + offsets[b]! + i] = weight / norm
  }
  const table = variableOf(one.films, FILM_DIM)
  const genres = variableOf(one.genres, GENRE_DIM)
  const kernel = variableOf(one.kernel, UNITS)
  const variables = { films: table, genres, kernel }
  const result = tidy(() => {
    const { value, grads } = variableGrads(() => {
      const rows = gather(genres, tensor1d(one.genreIds, 'int32')) as Tensor2D
      const lengths = sqrt(sum(square(rows), 1, true))
      const clipped = div(mul(rows, one.maxNorm), maximum(lengths, one.maxNorm)) as Tensor2D
      return lossOf(
        gather(table, tensor1d(one.filmIds, 'int32')) as Tensor2D,
        weights.length === 0
          ? tensor2d(new Float32Array(size * GENRE_DIM), [size, GENRE_DIM])
          : matMul(tensor2d(mixing, [size, weights.length]), clipped),
        gather(table, tensor1d(one.otherFilmIds, 'int32')) as Tensor2D,
        kernel as unknown as Tensor2D,
        tensor2d(one.head, [UNITS, 1]),
        tensor2d(one.labels, [size, 1]),
      )
    }, Object.values(variables))
    const gradients = Object.entries(variables).map(([name, { name: key, size: numbers }]) => [
      name,
      (grads[key]?.dataSync() as Float32Array | undefined)?.slice() ?? new Float32Array(numbers),
    ])
    return { value: value.dataSync()[0]!, gradients: Object.fromEntries(gradients) }
  })
  dispose(Object.values(variables))
  return result
}

/** Declares the tests of `embeddingLookup` and its tape on a backend; the backend `cpu` must be loaded too. */
export function checkEmbeddingLookup(backend: string): void {
  for (const size of [1, 63, 64, 65]) {
    it.each(['mean', 'sum', 'sqrtn'] as const)(
      `has the gradient of gather in the rows that were looked up: ${size} examples, %s`,
      async (combiner) => {
        const one = lookupCase(size, combiner)
        const expected = await denseGradients(one)
        await setBackend(backend)
        await compareWithDense(one, expected)
      },
    )
  }

  it('finds no rows where nothing is looked up, and leaves out what is not used', async () => {
    await setBackend(backend)
    const films = tableOf(new Float32Array(FILMS * 2), 2)
    const genres = tableOf(new Float32Array(GENRES * 2), 2)
    const unused = variableOf(Float32Array.of(1), 1)
    const { value, grads, slices } = sparseValueAndGrads(
      () => sum(embeddingLookup(films, new Int32Array(0), { offsets: Int32Array.of(0, 0, 0) })) as Scalar,
      [unused],
      [films, genres],
    )
    expect([...(await readTensor(value))]).toEqual([0])
    expect(grads).toEqual({})
    expect([...slices.keys()]).toEqual([films])
    expect(slices.get(films)).toMatchObject({ touched: 0, values: { shape: [0, 2] } })
    dispose([value, unused, films.tensor, genres.tensor, ...slicesTensors(slices.values())])
  })

  it('takes a table that is not asked for as a constant', async () => {
    await setBackend(backend)
    const films = tableOf(Float32Array.of(1, 2, 3), 1)
    const fixed = tableOf(Float32Array.of(10, 20), 1)
    const { value, slices } = sparseValueAndGrads(
      () =>
        sum(mul(embeddingLookup(films, Int32Array.of(2, 2)), embeddingLookup(fixed, Int32Array.of(0, 1)))) as Scalar,
      [],
      [films],
    )
    expect([...(await readTensor(value))]).toEqual([90])
    expect([...slices.keys()]).toEqual([films])
    expect([...(await readTensor(slices.get(films)!.values))]).toEqual([30])
    dispose([value, films.tensor, fixed.tensor, ...slicesTensors(slices.values())])
  })

  it('refuses ids that are no rows, and gradient functions that want the whole table', async () => {
    await setBackend(backend)
    const films = tableOf(Float32Array.of(1, 2, 3), 1)
    expect(() => embeddingLookup(films, Int32Array.of(0, 3))).toThrow('Id 3 is not a row of the table, which has 3.')
    expect(() => embeddingLookup(films, Int32Array.of(-1))).toThrow(RangeError)
    expect(() => embeddingLookup(films, Int32Array.of(1), { weights: new Float32Array(2) })).toThrow('2 weights for 1')
    expect(() => embeddingLookup(films, Int32Array.of(1), { offsets: Int32Array.of(0, 2) })).toThrow('last offset is 2')
    expect(() => embeddingLookup(films, Int32Array.of(1), { maxNorm: 0 })).toThrow('above 0')
    expect(() =>
      gradsOf((x: Tensor) => sum(mul(x, embeddingLookup(films, Int32Array.of(1)))))([tensor2d([[1]])]),
    ).toThrow('use sparseValueAndGrads')
    films.tensor.dispose()
  })
}

function variableOf(values: Float32Array, dimension: number): Variable {
  return tidy(() => variable(tensor2d(values.slice(), [values.length / dimension, dimension])))
}

function tableOf(values: Float32Array, dimension: number): LookupTable {
  return { tensor: tensor2d(values.slice(), [values.length / dimension, dimension]) }
}

async function compareWithDense(one: LookupCase, expected: Awaited<ReturnType<typeof denseGradients>>): Promise<void> {
  const before = memory().numTensors
  const [films, genres] = [tableOf(one.films, FILM_DIM), tableOf(one.genres, GENRE_DIM)]
  const kernel = variableOf(one.kernel, UNITS)
  const { offsets, weights, combiner, maxNorm } = one
  const { value, grads, slices } = sparseValueAndGrads(
    () =>
      lossOf(
        embeddingLookup(films, one.filmIds),
        embeddingLookup(genres, one.genreIds, { offsets, weights, combiner, maxNorm }),
        embeddingLookup(films, one.otherFilmIds),
        kernel as unknown as Tensor2D,
        tensor2d(one.head, [UNITS, 1]),
        tensor2d(one.labels, [offsets.length - 1, 1]),
      ),
    [kernel],
    [films, genres],
  )
  const { gradients } = expected
  const largest = Math.max(...Object.values(gradients).flatMap((values) => [...values.map(Math.abs)]))
  // Sums of up to 65 examples: as exact as their largest terms.
  const tolerance = 1e-6 * Math.max(1, largest)
  expectClose(await readTensor(value), [expected.value], tolerance)
  expectClose(await readTensor(grads[kernel.name]!), gradients.kernel!, tolerance)
  expect(slices.get(films)!.touched).toBe(new Set([...one.filmIds, ...one.otherFilmIds]).size)
  expect(slices.get(genres)!.touched).toBe(new Set(one.genreIds).size)
  for (const [table, dense] of [
    [films, gradients.films!],
    [genres, gradients.genres!],
  ] as const) {
    const { rows, values, touched } = slices.get(table)!
    const [rowNumbers, read] = [await rows.data(), await readTensor(values)]
    const dim = values.shape[1]
    const scattered = new Float32Array(dense.length)
    for (let u = 0; u < touched; u++) scattered.set(read.subarray(u * dim, (u + 1) * dim), rowNumbers[u]! * dim)
    expectClose(scattered, dense, tolerance)
  }
  dispose([value, kernel, films.tensor, genres.tensor, ...Object.values(grads), ...slicesTensors(slices.values())])
  expect(memory().numTensors).toBe(before)
}

function slicesTensors(slices: Iterable<{ rows: Tensor; values: Tensor }>): Tensor[] {
  return [...slices].flatMap(({ rows, values }) => [rows, values])
}
