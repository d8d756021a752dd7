import { exp4, log1p4, log4 } from './exponential'

/**
 * Losses and the gradient of `scale` · Σ of them. Each returns the sum itself, added in 64 bits.
 * Rows of outputs are contiguous; what pads them is 0 in outputs and labels alike.
 */

/** Σ (output − label)² over `count` numbers; dOutputs = 2 · scale · (output − label). */
export function squaredError(outputs: usize, labels: usize, dOutputs: usize, count: i32, scale: f32): f64 {
  const lanes = f32x4.splat(2 * scale)
  let low = f64x2.splat(0)
  let high = low
  let at: usize = 0
  const end = <usize>count << 2
  for (; at + 16 <= end; at += 16) {
    const error = f32x4.sub(v128.load(outputs + at), v128.load(labels + at))
    const square = f32x4.mul(error, error)
    low = f64x2.add(low, f64x2.promote_low_f32x4(square))
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(square, square, 2, 3, 2, 3)))
    v128.store(dOutputs + at, f32x4.mul(error, lanes))
  }
  let sum = laneSum(low, high)
  for (; at < end; at += 4) {
    const error = load<f32>(outputs + at) - load<f32>(labels + at)
    sum += <f64>(error * error)
    store<f32>(dOutputs + at, error * (2 * scale))
  }
  return sum
}

/** Σ log loss of logits against labels 0 or 1, as TensorFlow computes it without overflow; dLogits = scale · (sigmoid − label). */
export function sigmoidCrossEntropy(logits: usize, labels: usize, dLogits: usize, count: i32, scale: f32): f64 {
  const lanes = f32x4.splat(scale)
  let low = f64x2.splat(0)
  let high = low
  let at: usize = 0
  const end = <usize>count << 2
  for (; at + 16 <= end; at += 16) {
    const x = v128.load(logits + at)
    const label = v128.load(labels + at)
    const e = exp4(f32x4.neg(f32x4.abs(x)))
    const loss = logLoss(x, label, e)
    low = f64x2.add(low, f64x2.promote_low_f32x4(loss))
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(loss, loss, 2, 3, 2, 3)))
    v128.store(dLogits + at, f32x4.mul(lanes, f32x4.sub(sigmoid(x, e), label)))
  }
  let sum = laneSum(low, high)
  for (; at < end; at += 4) {
    const x = v128.load32_zero(logits + at)
    const label = v128.load32_zero(labels + at)
    const e = exp4(f32x4.neg(f32x4.abs(x)))
    sum += <f64>f32x4.extract_lane(logLoss(x, label, e), 0)
    v128.store_lane<f32>(dLogits + at, f32x4.mul(lanes, f32x4.sub(sigmoid(x, e), label)), 0)
  }
  return sum
}

/** max(x, 0) − x · label + log(1 + e^−|x|), with e = e^−|x|. */
@inline
export function logLoss(x: v128, label: v128, e: v128): v128 {
  return f32x4.add(f32x4.sub(f32x4.pmax(x, f32x4.splat(0)), f32x4.mul(x, label)), log1p4(e))
}

@inline
export function sigmoid(x: v128, e: v128): v128 {
  const one = f32x4.splat(1)
  const numerator = v128.bitselect(one, e, f32x4.ge(x, f32x4.splat(0)))
  return f32x4.div(numerator, f32x4.add(one, e))
}

/**
 * Σ log loss of class logits [rows × columns] against counts [rows × columns], the number of examples of each class that a row stands for.
 * `classes` ≤ columns are classes, the rest is padding. Overflows nowhere: the largest logit of a row is taken off first.
 * `counts` becomes the gradient, scale · (examples · softmax − counts); `logits` is overwritten.
 */
export function softmaxCrossEntropy(
  logits: usize,
  counts: usize,
  rows: i32,
  classes: i32,
  columns: i32,
  scale: f32,
): f64 {
  // One class alone is certain. Its logits lie side by side, and have no padding to work in.
  if (classes == 1) {
    memory.fill(counts, 0, (<usize>rows * columns) << 2)
    return 0
  }
  const bytes = <usize>columns << 2
  let sum: f64 = 0
  for (let i = 0; i < rows; i++) {
    sum += softmaxRow(logits, counts, classes, scale)
    logits += bytes
    counts += bytes
  }
  return sum
}

function softmaxRow(logits: usize, counts: usize, classes: i32, scale: f32): f64 {
  const whole = (<usize>classes & ~3) << 2
  const bytes = (<usize>classes + 3 & ~3) << 2
  // What pads the last vector takes no part: as if its logits were −∞.
  if (whole < bytes) {
    for (let at = <usize>classes << 2; at < bytes; at += 4) store<f32>(logits + at, -Infinity)
  }
  const largest = f32x4.splat(largestOf(logits, bytes))
  let normalizers = f32x4.splat(0)
  let examples = normalizers
  let low = f64x2.splat(0)
  let high = low
  for (let at: usize = 0; at < bytes; at += 16) {
    const below = f32x4.sub(v128.load(logits + at), largest)
    const count = v128.load(counts + at)
    const e = exp4(below)
    v128.store(logits + at, e)
    normalizers = f32x4.add(normalizers, e)
    examples = f32x4.add(examples, count)
    // 0 · −∞ is no number: classes without examples are masked out.
    const part = v128.and(f32x4.mul(count, below), f32x4.gt(count, f32x4.splat(0)))
    low = f64x2.add(low, f64x2.promote_low_f32x4(part))
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(part, part, 2, 3, 2, 3)))
  }
  const normalizer = sumOf(normalizers)
  const total = sumOf(examples)
  const share = f32x4.splat((scale * total) / normalizer)
  const scales = f32x4.splat(scale)
  for (let at: usize = 0; at < bytes; at += 16) {
    const gradient = f32x4.sub(
      f32x4.mul(share, v128.load(logits + at)),
      f32x4.mul(scales, v128.load(counts + at)),
    )
    v128.store(counts + at, gradient)
  }
  const logNormalizer = f32x4.extract_lane(log4(f32x4.splat(normalizer)), 0)
  return <f64>total * <f64>logNormalizer - laneSum(low, high)
}

@inline
function largestOf(logits: usize, bytes: usize): f32 {
  let largest = v128.load(logits)
  for (let at: usize = 16; at < bytes; at += 16) largest = f32x4.pmax(largest, v128.load(logits + at))
  return max(
    max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
    max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
  )
}

@inline
function sumOf(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  )
}

@inline
function laneSum(low: v128, high: v128): f64 {
  return (
    f64x2.extract_lane(low, 0) +
    f64x2.extract_lane(low, 1) +
    (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1))
  )
}
