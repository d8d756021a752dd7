import { createRandom, type Random, shuffle } from '../lib/random'
import { nearestRows, type Similarity } from './nearest'
import { rankCorrelation } from './rankCorrelation'
import { dealtTruth, type Truth } from './truth'

/** A measure, and the same with the facts shuffled over the rows: what chance gives. */
export interface Measured {
  learnt: number
  shuffled: number
}

/** Vectors [rows × dimension], all finite, and what is close in them. */
export interface VectorSpace {
  vectors: Float32Array
  rows: number
  dimension: number
  similarity: Similarity
}

export interface Sampling {
  /** Of the shuffle and of every sample. */
  seed?: number
  /** Rows whose neighbours are looked up, pairs, or triples; all of them where there are no more. */
  samples?: number
}

/** Pairs and triples: enough for an error of a hundredth. */
const SAMPLES = 4000

/**
 * Neighbour overlap: the share of the `k` nearest rows that are related to a row, mean over rows. `reachable`: what the best possible
 * vectors would give, below 1 where a row has fewer than `k` related ones. NaN with fewer than two rows.
 */
export function neighborOverlap(
  space: VectorSpace,
  truth: Truth,
  k: number,
  { seed = 0, samples = space.rows }: Sampling = {},
): Measured & { reachable: number } {
  const { rows, vectors, dimension, similarity } = space
  const dealt = shuffledTruth(truth, seed)
  const asked = someRows(rows, samples, createRandom(seed, 'neighbour samples'))
  const size = Math.min(k, rows - 1)
  const sums = { learnt: 0, shuffled: 0, reachable: 0 }
  for (const row of asked) {
    let related = 0
    for (let other = 0; other < rows; other++) if (other !== row && truth.related(row, other)) related++
    sums.reachable += Math.min(size, related)
    for (const neighbor of nearestRows(vectors, rows, dimension, row, size, similarity).rows) {
      if (truth.related(row, neighbor)) sums.learnt++
      if (dealt.related(row, neighbor)) sums.shuffled++
    }
  }
  const all = asked.length * size
  return { learnt: sums.learnt / all, shuffled: sums.shuffled / all, reachable: sums.reachable / all }
}

/**
 * Triplet accuracy: of triples whose truth says that `b` is nearer to `a` than `c` is, the share where the vectors say so too;
 * equally near counts half, so that vectors without any order give 0.5. NaN where no triple says so.
 */
export function tripletAccuracy(
  space: VectorSpace,
  truth: Truth,
  { seed = 0, samples = SAMPLES }: Sampling = {},
): Measured {
  const random = createRandom(seed, 'triples')
  const dealt = shuffledTruth(truth, seed)
  const learnt = { right: 0, all: 0 }
  const shuffled = { right: 0, all: 0 }
  for (let i = 0; i < samples && space.rows > 2; i++) {
    const a = random.integer(space.rows)
    const b = otherRow(space.rows, a, random)
    const c = otherRow(space.rows, a, random)
    const ahead = Math.sign(farness(space, a, c) - farness(space, a, b))
    countTriple(learnt, truth, ahead, a, b, c)
    countTriple(shuffled, dealt, ahead, a, b, c)
  }
  return { learnt: learnt.right / learnt.all, shuffled: shuffled.right / shuffled.all }
}

function countTriple(
  count: { right: number; all: number },
  truth: Truth,
  ahead: number,
  a: number,
  b: number,
  c: number,
) {
  const told = Math.sign(truth.distance(a, c) - truth.distance(a, b))
  if (told === 0) return
  count.all++
  count.right += (1 + told * ahead) / 2
}

/** Spearman's correlation between how far apart two rows are in the vectors and in truth, over pairs of rows: all, or a sample of them. */
export function distanceRankCorrelation(
  space: VectorSpace,
  truth: Truth,
  { seed = 0, samples = SAMPLES }: Sampling = {},
): Measured {
  const pairs = somePairs(space.rows, samples, createRandom(seed, 'pairs'))
  const dealt = shuffledTruth(truth, seed)
  const inVectors = Float64Array.from(pairs, ([a, b]) => farness(space, a, b))
  const inTruth = Float64Array.from(pairs, ([a, b]) => truth.distance(a, b))
  const inDealt = Float64Array.from(pairs, ([a, b]) => dealt.distance(a, b))
  return { learnt: rankCorrelation(inVectors, inTruth), shuffled: rankCorrelation(inVectors, inDealt) }
}

function shuffledTruth(truth: Truth, seed: number): Truth {
  const order = Uint32Array.from({ length: truth.rows }, (_, row) => row)
  return dealtTruth(truth, shuffle(order, createRandom(seed, 'shuffled truth')))
}

function someRows(rows: number, wanted: number, random: Random): Uint32Array {
  const all = Uint32Array.from({ length: rows }, (_, row) => row)
  return wanted >= rows ? all : shuffle(all, random).subarray(0, wanted)
}

function otherRow(rows: number, row: number, random: Random): number {
  const drawn = random.integer(rows - 1)
  return drawn < row ? drawn : drawn + 1
}

function somePairs(rows: number, wanted: number, random: Random): [number, number][] {
  if ((rows * (rows - 1)) / 2 > wanted) {
    return Array.from({ length: wanted }, () => {
      const a = random.integer(rows)
      return [a, otherRow(rows, a, random)]
    })
  }
  const pairs: [number, number][] = []
  for (let a = 0; a < rows; a++) for (let b = 0; b < a; b++) pairs.push([a, b])
  return pairs
}

/** More is farther: the squared distance, or the cosine or dot product with its sign turned. The cosine with a zero vector is 0. */
function farness({ vectors, dimension, similarity }: VectorSpace, a: number, b: number): number {
  let dot = 0
  let squaresA = 0
  let squaresB = 0
  let apart = 0
  for (let d = 0; d < dimension; d++) {
    const x = vectors[a * dimension + d]!
    const y = vectors[b * dimension + d]!
    dot += x * y
    squaresA += x * x
    squaresB += y * y
    apart += (x - y) ** 2
  }
  if (similarity === 'euclidean') return apart
  if (similarity === 'dot') return -dot
  return squaresA * squaresB > 0 ? -dot / Math.sqrt(squaresA * squaresB) : 0
}
