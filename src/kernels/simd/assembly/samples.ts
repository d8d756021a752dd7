/**
 * Dot-product training one sample at a time. For each record {user row, item row, target}:
 *
 *   e = ⟨p, q⟩ (+ b_p + b_q) − target        p, q: the two rows before the sample
 *   p −= step of 2·(e·q + λ·p)               q −= step of 2·(e·p + λ·q)          b −= step of 2·(e + λ·b)
 *
 * TensorFlow's step for a mini-batch of one: squared error, L2 on the rows looked up. Every record is two u32 addresses and an f32.
 *
 * A row is a tail and then its weights, so that one or two cache lines serve both:
 *
 *   tail     [4]            f32   accumulator of the row (row-Adagrad), accumulator of the bias, bias, 0
 *   weights  [rowBytes / 4] f32   padded with zeros, which stay zeros; rowBytes = 16, 32 or a multiple of 64
 *   and for Adagrad as many accumulators.
 *
 * Two samples are worked on together: nothing of one waits for the other, their four lanes (user, item, user, item) share one root and
 * one division, and the processor overlaps them with the next two. Samples that share a row cannot be: a pair of rows of zeros, `scratch`,
 * takes the second place then, and at the end of an odd count. So the answer is that of one after the other, bit for bit.
 *
 * Row-Adagrad's mean g² needs no pass of its own: Σ(e·q + λ·p)² = e²·⟨q,q⟩ + 2·e·λ·⟨p,q⟩ + λ²·⟨p,p⟩, and all three sums come with the dot product.
 */

export const SGD = 0
export const ADAGRAD = 1
export const ROW_ADAGRAD = 2

const RECORD: usize = 12

// The functions below are @inline: an `if` on `blocks`, `optimizer` or `biases` is decided by the compiler. `blocks`: 1, 2, or 4 for any multiple of 4.

@inline
function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b))
}

/** [⟨q,q⟩, ⟨p,p⟩, ⟨p,q⟩, ⟨p,q⟩]; without `squares` all four are ⟨p,q⟩. */
@inline
function products(blocks: i32, squares: bool, u: usize, v: usize, rowBytes: usize): v128 {
  let p = v128.load(u, 16)
  let q = v128.load(v, 16)
  let pq = f32x4.mul(p, q)
  let pp = f32x4.mul(p, p)
  let qq = f32x4.mul(q, q)
  if (blocks > 1) {
    p = v128.load(u, 32)
    q = v128.load(v, 32)
    pq = madd(pq, p, q)
    pp = madd(pp, p, p)
    qq = madd(qq, q, q)
  }
  if (blocks > 2) {
    p = v128.load(u, 48)
    q = v128.load(v, 48)
    pq = madd(pq, p, q)
    pp = madd(pp, p, p)
    qq = madd(qq, q, q)
    p = v128.load(u, 64)
    q = v128.load(v, 64)
    pq = madd(pq, p, q)
    pp = madd(pp, p, p)
    qq = madd(qq, q, q)
    for (let at: usize = 64; at < rowBytes; at += 64) {
      p = v128.load(u + at, 16)
      q = v128.load(v + at, 16)
      pq = madd(pq, p, q)
      pp = madd(pp, p, p)
      qq = madd(qq, q, q)
      p = v128.load(u + at, 32)
      q = v128.load(v + at, 32)
      pq = madd(pq, p, q)
      pp = madd(pp, p, p)
      qq = madd(qq, q, q)
      p = v128.load(u + at, 48)
      q = v128.load(v + at, 48)
      pq = madd(pq, p, q)
      pp = madd(pp, p, p)
      qq = madd(qq, q, q)
      p = v128.load(u + at, 64)
      q = v128.load(v + at, 64)
      pq = madd(pq, p, q)
      pp = madd(pp, p, p)
      qq = madd(qq, q, q)
    }
  }
  const halves = f32x4.add(pq, v128.shuffle<f32>(pq, pq, 2, 3, 0, 1))
  if (!squares) return f32x4.add(halves, v128.shuffle<f32>(halves, halves, 1, 0, 3, 2))
  const pairs = f32x4.add(v128.shuffle<f32>(qq, pp, 0, 4, 1, 5), v128.shuffle<f32>(qq, pp, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f32>(pairs, halves, 0, 1, 4, 4), v128.shuffle<f32>(pairs, halves, 2, 3, 5, 5))
}

/** p ← keep·p + step·q and q ← keep·q + step·p, with the first two lanes of each for p and q. */
@inline
function moveRows(blocks: i32, u: usize, v: usize, rowBytes: usize, keep: v128, step: v128): void {
  const keepP = v128.shuffle<f32>(keep, keep, 0, 0, 0, 0)
  const stepP = v128.shuffle<f32>(step, step, 0, 0, 0, 0)
  const keepQ = v128.shuffle<f32>(keep, keep, 1, 1, 1, 1)
  const stepQ = v128.shuffle<f32>(step, step, 1, 1, 1, 1)
  const end = u + rowBytes
  do {
    moveBlock(0, u, v, keepP, keepQ, stepP, stepQ)
    if (blocks > 1) moveBlock(1, u, v, keepP, keepQ, stepP, stepQ)
    if (blocks > 2) {
      moveBlock(2, u, v, keepP, keepQ, stepP, stepQ)
      moveBlock(3, u, v, keepP, keepQ, stepP, stepQ)
      u += 64
      v += 64
    }
  } while (blocks > 2 && u < end)
}

@inline
function moveBlock(block: usize, u: usize, v: usize, keepP: v128, keepQ: v128, stepP: v128, stepQ: v128): void {
  const p = v128.load(u + 16 * block, 16)
  const q = v128.load(v + 16 * block, 16)
  v128.store(u + 16 * block, madd(f32x4.mul(p, keepP), q, stepP), 16)
  v128.store(v + 16 * block, madd(f32x4.mul(q, keepQ), p, stepQ), 16)
}

/** Adagrad of every weight of two rows; `rowBytes` behind a weight is its accumulator. `e`: in all lanes. */
@inline
function adagradRows(u: usize, v: usize, rowBytes: usize, e: v128, rate: v128, lambda: v128, four: v128): void {
  const end = u + rowBytes
  for (; u < end; u += 16, v += 16) {
    const p = v128.load(u, 16)
    const q = v128.load(v, 16)
    const dP = madd(f32x4.mul(p, lambda), q, e)
    const dQ = madd(f32x4.mul(q, lambda), p, e)
    const sumP = madd(v128.load(u + rowBytes, 16), four, f32x4.mul(dP, dP))
    const sumQ = madd(v128.load(v + rowBytes, 16), four, f32x4.mul(dQ, dQ))
    v128.store(u + rowBytes, sumP, 16)
    v128.store(v + rowBytes, sumQ, 16)
    v128.store(u, f32x4.add(p, f32x4.div(f32x4.mul(rate, dP), f32x4.sqrt(sumP))), 16)
    v128.store(v, f32x4.add(q, f32x4.div(f32x4.mul(rate, dQ), f32x4.sqrt(sumQ))), 16)
  }
}

/**
 * Records from `record` up to `end`. `settings`: vectors of four equal f32: −2·learning rate, λ, 4/k, 8λ/k, 4λ²/k, 4, 1.
 * `scratch`: two rows of zeros, their accumulators 1. Returns Σe².
 */
@inline
function train(blocks: i32, optimizer: i32, biases: bool, record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  const rate = v128.load(settings)
  const lambda = v128.load(settings, 16)
  const perK = v128.load(settings, 32)
  const crossPerK = v128.load(settings, 48)
  const ownPerK = v128.load(settings, 64)
  const four = v128.load(settings, 80)
  const one = v128.load(settings, 96)
  const zero = f32x4.splat(0)
  let loss = f64x2.splat(0)
  while (record < end) {
    const u = <usize>load<u32>(record)
    const v = <usize>load<u32>(record, 4)
    let secondU = <usize>load<u32>(record, 12)
    let secondV = <usize>load<u32>(record, 16)
    let targets = v128.shuffle<f32>(v128.load32_splat(record, 8), v128.load32_splat(record, 20), 0, 0, 4, 4)
    record += 2 * RECORD
    if (u == secondU || v == secondV || record > end) {
      secondU = scratch
      secondV = scratch + 2 * rowBytes + 16
      targets = v128.shuffle<f32>(targets, zero, 0, 0, 4, 4)
      record -= RECORD
    }

    const first = products(blocks, optimizer == ROW_ADAGRAD, u, v, rowBytes)
    const second = products(blocks, optimizer == ROW_ADAGRAD, secondU, secondV, rowBytes)
    const dots = v128.shuffle<f32>(first, second, 2, 3, 6, 7)
    let e = f32x4.sub(dots, targets)
    let sum = zero
    if (biases) {
      const tailU = v128.load(u)
      const tailV = v128.load(v)
      const tailSecondU = v128.load(secondU)
      const tailSecondV = v128.load(secondV)
      const lowA = v128.shuffle<f32>(tailU, tailV, 0, 4, 1, 5)
      const lowB = v128.shuffle<f32>(tailSecondU, tailSecondV, 0, 4, 1, 5)
      const bias = v128.shuffle<f32>(
        v128.shuffle<f32>(tailU, tailV, 2, 6, 3, 7),
        v128.shuffle<f32>(tailSecondU, tailSecondV, 2, 6, 3, 7),
        0, 1, 4, 5,
      )
      sum = v128.shuffle<f32>(lowA, lowB, 0, 1, 4, 5)
      let biasSum = v128.shuffle<f32>(lowA, lowB, 2, 3, 6, 7)
      e = f32x4.add(e, f32x4.add(bias, v128.shuffle<f32>(bias, bias, 1, 0, 3, 2)))
      const dBias = madd(e, lambda, bias)
      let step = f32x4.mul(rate, dBias)
      if (optimizer != SGD) {
        biasSum = madd(biasSum, four, f32x4.mul(dBias, dBias))
        step = f32x4.div(step, f32x4.sqrt(biasSum))
      }
      const newBias = f32x4.add(bias, step)
      if (optimizer == ROW_ADAGRAD) sum = rowSums(sum, first, second, dots, e, perK, crossPerK, ownPerK)
      const left = v128.shuffle<f32>(sum, biasSum, 0, 4, 1, 5)
      const right = v128.shuffle<f32>(newBias, zero, 0, 4, 1, 5)
      const secondLeft = v128.shuffle<f32>(sum, biasSum, 2, 6, 3, 7)
      const secondRight = v128.shuffle<f32>(newBias, zero, 2, 6, 3, 7)
      v128.store(u, v128.shuffle<f32>(left, right, 0, 1, 4, 5))
      v128.store(v, v128.shuffle<f32>(left, right, 2, 3, 6, 7))
      v128.store(secondU, v128.shuffle<f32>(secondLeft, secondRight, 0, 1, 4, 5))
      v128.store(secondV, v128.shuffle<f32>(secondLeft, secondRight, 2, 3, 6, 7))
    } else if (optimizer == ROW_ADAGRAD) {
      sum = v128.load32_zero(u)
      sum = v128.load_lane<f32>(v, sum, 1)
      sum = v128.load_lane<f32>(secondU, sum, 2)
      sum = v128.load_lane<f32>(secondV, sum, 3)
      sum = rowSums(sum, first, second, dots, e, perK, crossPerK, ownPerK)
      v128.store_lane<f32>(u, sum, 0)
      v128.store_lane<f32>(v, sum, 1)
      v128.store_lane<f32>(secondU, sum, 2)
      v128.store_lane<f32>(secondV, sum, 3)
    }

    const errors = f64x2.promote_low_f32x4(v128.shuffle<f32>(e, e, 0, 2, 0, 2))
    loss = f64x2.add(loss, f64x2.mul(errors, errors))
    if (optimizer == ADAGRAD) {
      adagradRows(u, v, rowBytes, v128.shuffle<f32>(e, e, 0, 0, 0, 0), rate, lambda, four)
      adagradRows(secondU, secondV, rowBytes, v128.shuffle<f32>(e, e, 2, 2, 2, 2), rate, lambda, four)
    } else {
      const rates = optimizer == ROW_ADAGRAD ? f32x4.div(rate, f32x4.sqrt(sum)) : rate
      const keep = madd(one, rates, lambda)
      const step = f32x4.mul(rates, e)
      moveRows(blocks, u, v, rowBytes, keep, step)
      moveRows(blocks, secondU, secondV, rowBytes, v128.shuffle<f32>(keep, keep, 2, 3, 2, 3), v128.shuffle<f32>(step, step, 2, 3, 2, 3))
    }
  }
  return f64x2.extract_lane(loss, 0) + f64x2.extract_lane(loss, 1)
}

/** Accumulators of four rows: + mean over the row of (2·(e·other + λ·own))². `first`, `second`: as `products` gives them. */
@inline
function rowSums(sum: v128, first: v128, second: v128, dots: v128, e: v128, perK: v128, crossPerK: v128, ownPerK: v128): v128 {
  const other = v128.shuffle<f32>(first, second, 0, 1, 4, 5)
  const own = v128.shuffle<f32>(first, second, 1, 0, 5, 4)
  return madd(madd(sum, own, ownPerK), e, madd(f32x4.mul(dots, crossPerK), e, f32x4.mul(other, perK)))
}

// One compiled function for each, and none of them inlined: the register allocator does worse on several loops in one.
function sgd1(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(1, SGD, false, record, end, rowBytes, settings, scratch)
}
function sgd2(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(2, SGD, false, record, end, rowBytes, settings, scratch)
}
function sgd4(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(4, SGD, false, record, end, rowBytes, settings, scratch)
}
function sgd1Biases(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(1, SGD, true, record, end, rowBytes, settings, scratch)
}
function sgd2Biases(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(2, SGD, true, record, end, rowBytes, settings, scratch)
}
function sgd4Biases(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(4, SGD, true, record, end, rowBytes, settings, scratch)
}
function adagrad1(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(1, ADAGRAD, false, record, end, rowBytes, settings, scratch)
}
function adagrad2(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(2, ADAGRAD, false, record, end, rowBytes, settings, scratch)
}
function adagrad4(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(4, ADAGRAD, false, record, end, rowBytes, settings, scratch)
}
function adagrad1Biases(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(1, ADAGRAD, true, record, end, rowBytes, settings, scratch)
}
function adagrad2Biases(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(2, ADAGRAD, true, record, end, rowBytes, settings, scratch)
}
function adagrad4Biases(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(4, ADAGRAD, true, record, end, rowBytes, settings, scratch)
}
function rowAdagrad1(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(1, ROW_ADAGRAD, false, record, end, rowBytes, settings, scratch)
}
function rowAdagrad2(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(2, ROW_ADAGRAD, false, record, end, rowBytes, settings, scratch)
}
function rowAdagrad4(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(4, ROW_ADAGRAD, false, record, end, rowBytes, settings, scratch)
}
function rowAdagrad1Biases(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(1, ROW_ADAGRAD, true, record, end, rowBytes, settings, scratch)
}
function rowAdagrad2Biases(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(2, ROW_ADAGRAD, true, record, end, rowBytes, settings, scratch)
}
function rowAdagrad4Biases(record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  return train(4, ROW_ADAGRAD, true, record, end, rowBytes, settings, scratch)
}

/** As `train`. `kind` = 6·optimizer + 3·(1 with biases) + (0 for rows of 16 bytes, 1 for 32, 2 for more). */
export function trainRecords(kind: i32, record: usize, end: usize, rowBytes: usize, settings: usize, scratch: usize): f64 {
  switch (kind) {
    case 0:
      return sgd1(record, end, rowBytes, settings, scratch)
    case 1:
      return sgd2(record, end, rowBytes, settings, scratch)
    case 2:
      return sgd4(record, end, rowBytes, settings, scratch)
    case 3:
      return sgd1Biases(record, end, rowBytes, settings, scratch)
    case 4:
      return sgd2Biases(record, end, rowBytes, settings, scratch)
    case 5:
      return sgd4Biases(record, end, rowBytes, settings, scratch)
    case 6:
      return adagrad1(record, end, rowBytes, settings, scratch)
    case 7:
      return adagrad2(record, end, rowBytes, settings, scratch)
    case 8:
      return adagrad4(record, end, rowBytes, settings, scratch)
    case 9:
      return adagrad1Biases(record, end, rowBytes, settings, scratch)
    case 10:
      return adagrad2Biases(record, end, rowBytes, settings, scratch)
    case 11:
      return adagrad4Biases(record, end, rowBytes, settings, scratch)
    case 12:
      return rowAdagrad1(record, end, rowBytes, settings, scratch)
    case 13:
      return rowAdagrad2(record, end, rowBytes, settings, scratch)
    case 14:
      return rowAdagrad4(record, end, rowBytes, settings, scratch)
    case 15:
      return rowAdagrad1Biases(record, end, rowBytes, settings, scratch)
    case 16:
      return rowAdagrad2Biases(record, end, rowBytes, settings, scratch)
    default:
      return rowAdagrad4Biases(record, end, rowBytes, settings, scratch)
  }
}
