import { Side } from './dotProductSide'
import { exp4 } from './exponential'
import { logLoss, sigmoid } from './losses'
import { addNumber, addScaled, products, sumsOf } from './rowArithmetic'

/**
 * dotProductGradients where every example has one id on each side: four examples at a time, whose outputs, losses and gradients are lanes of one vector.
 */
export function pairGradients(
  users: Side, items: Side, labels: usize, start: u32, end: u32, width: u32, task: i32, globalBias: f32, scale: f32,
): f64 {
  switch (width) {
    case 4: return pairs4(users, items, labels, start, end, width, task, globalBias, scale)
    case 8: return pairs8(users, items, labels, start, end, width, task, globalBias, scale)
    case 16: return pairs16(users, items, labels, start, end, width, task, globalBias, scale)
    case 32: return pairs32(users, items, labels, start, end, width, task, globalBias, scale)
    default: return pairsOfAny(users, items, labels, start, end, width, task, globalBias, scale)
  }
}

// One compiled function for each width that has no loop over its numbers, and none of them inlined: the register allocator does worse on several in one.
function pairs4(
  users: Side, items: Side, labels: usize, start: u32, end: u32, width: u32, task: i32, globalBias: f32, scale: f32,
): f64 {
  return pairs(users, items, labels, start, end, 16, task, globalBias, scale)
}
function pairs8(
  users: Side, items: Side, labels: usize, start: u32, end: u32, width: u32, task: i32, globalBias: f32, scale: f32,
): f64 {
  return pairs(users, items, labels, start, end, 32, task, globalBias, scale)
}
function pairs16(
  users: Side, items: Side, labels: usize, start: u32, end: u32, width: u32, task: i32, globalBias: f32, scale: f32,
): f64 {
  return pairs(users, items, labels, start, end, 64, task, globalBias, scale)
}
function pairs32(
  users: Side, items: Side, labels: usize, start: u32, end: u32, width: u32, task: i32, globalBias: f32, scale: f32,
): f64 {
  return pairs(users, items, labels, start, end, 128, task, globalBias, scale)
}
function pairsOfAny(
  users: Side, items: Side, labels: usize, start: u32, end: u32, width: u32, task: i32, globalBias: f32, scale: f32,
): f64 {
  return pairs(users, items, labels, start, end, <usize>width << 2, task, globalBias, scale)
}

/** `bytes` of a row: a number in its place gives code without a loop. */
@inline
function pairs(
  users: Side, items: Side, labels: usize, start: u32, end: u32, bytes: usize, task: i32, globalBias: f32, scale: f32,
): f64 {
  const last = end - 1
  const userIds = users.ids
  const itemIds = items.ids
  const userTable = users.table
  const itemTable = items.table
  const userStep = <usize>users.stride << 2
  const itemStep = <usize>items.stride << 2
  const userPlaces = users.lookupPlaces
  const itemPlaces = items.lookupPlaces
  const dUsers = users.gradient
  const dItems = items.gradient
  const userBias = users.bias
  const itemBias = items.bias
  const userBiasStep = <usize>users.biasStride << 2
  const itemBiasStep = <usize>items.biasStride << 2
  const dUserBias = users.biasGradient
  const dItemBias = items.biasGradient
  const bias = f32x4.splat(globalBias)
  const lanesOfScale = f32x4.splat(task ? scale : 2 * scale)
  let low = f64x2.splat(0)
  let high = low
  for (let i = start; i < end; i += 4) {
    // Beyond the end the last example fills the lanes, with a loss and a gradient of 0.
    const at0 = <usize>i << 2
    const at1 = <usize>min(i + 1, last) << 2
    const at2 = <usize>min(i + 2, last) << 2
    const at3 = <usize>min(i + 3, last) << 2
    const inside = i32x4.lt_u(i32x4.add(i32x4.splat(i), i32x4(0, 1, 2, 3)), i32x4.splat(end))
    const u0 = numberAt(userIds, at0)
    const u1 = numberAt(userIds, at1)
    const u2 = numberAt(userIds, at2)
    const u3 = numberAt(userIds, at3)
    const v0 = numberAt(itemIds, at0)
    const v1 = numberAt(itemIds, at1)
    const v2 = numberAt(itemIds, at2)
    const v3 = numberAt(itemIds, at3)
    const user0 = userTable + u0 * userStep
    const user1 = userTable + u1 * userStep
    const user2 = userTable + u2 * userStep
    const user3 = userTable + u3 * userStep
    const item0 = itemTable + v0 * itemStep
    const item1 = itemTable + v1 * itemStep
    const item2 = itemTable + v2 * itemStep
    const item3 = itemTable + v3 * itemStep
    let output = f32x4.add(
      bias,
      sumsOf(
        products(user0, item0, bytes),
        products(user1, item1, bytes),
        products(user2, item2, bytes),
        products(user3, item3, bytes),
      ),
    )
    if (userBias) {
      output = f32x4.add(output, numbersAt(userBias, u0 * userBiasStep, u1 * userBiasStep, u2 * userBiasStep, u3 * userBiasStep))
    }
    if (itemBias) {
      output = f32x4.add(output, numbersAt(itemBias, v0 * itemBiasStep, v1 * itemBiasStep, v2 * itemBiasStep, v3 * itemBiasStep))
    }

    const label = v128.load(labels + at0)
    let loss: v128
    let d: v128
    if (task) {
      const e = exp4(f32x4.neg(f32x4.abs(output)))
      loss = logLoss(output, label, e)
      d = f32x4.mul(lanesOfScale, f32x4.sub(sigmoid(output, e), label))
    } else {
      const error = f32x4.sub(output, label)
      loss = f32x4.mul(error, error)
      d = f32x4.mul(error, lanesOfScale)
    }
    loss = v128.and(loss, inside)
    d = v128.and(d, inside)
    low = f64x2.add(low, f64x2.promote_low_f32x4(loss))
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(loss, loss, 2, 3, 2, 3)))

    addGradients(userPlaces, at0, at1, at2, at3, dUsers, dUserBias, item0, item1, item2, item3, d, bytes)
    addGradients(itemPlaces, at0, at1, at2, at3, dItems, dItemBias, user0, user1, user2, user3, d, bytes)
  }
  const sum = f64x2.add(low, high)
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}

@inline
function numberAt(numbers: usize, at: usize): usize {
  return <usize>load<u32>(numbers + at)
}

@inline
function numbersAt(from: usize, at0: usize, at1: usize, at2: usize, at3: usize): v128 {
  let lanes = v128.load32_zero(from + at0)
  lanes = v128.load_lane<f32>(from + at1, lanes, 1)
  lanes = v128.load_lane<f32>(from + at2, lanes, 2)
  return v128.load_lane<f32>(from + at3, lanes, 3)
}

/** d · the row on the other side, and d to the bias, one example after the other: several may have the same row. */
@inline
function addGradients(
  places: usize, at0: usize, at1: usize, at2: usize, at3: usize, gradient: usize, biasGradient: usize,
  other0: usize, other1: usize, other2: usize, other3: usize, d: v128, bytes: usize,
): void {
  const p0 = numberAt(places, at0)
  const p1 = numberAt(places, at1)
  const p2 = numberAt(places, at2)
  const p3 = numberAt(places, at3)
  if (gradient) {
    addScaled(gradient + p0 * bytes, other0, v128.shuffle<f32>(d, d, 0, 0, 0, 0), bytes)
    addScaled(gradient + p1 * bytes, other1, v128.shuffle<f32>(d, d, 1, 1, 1, 1), bytes)
    addScaled(gradient + p2 * bytes, other2, v128.shuffle<f32>(d, d, 2, 2, 2, 2), bytes)
    addScaled(gradient + p3 * bytes, other3, v128.shuffle<f32>(d, d, 3, 3, 3, 3), bytes)
  }
  if (biasGradient) {
    addNumber(biasGradient + (p0 << 2), f32x4.extract_lane(d, 0))
    addNumber(biasGradient + (p1 << 2), f32x4.extract_lane(d, 1))
    addNumber(biasGradient + (p2 << 2), f32x4.extract_lane(d, 2))
    addNumber(biasGradient + (p3 << 2), f32x4.extract_lane(d, 3))
  }
}
