import { embeddingBag, embeddingBagGrad } from './embeddingBag'
import { sigmoidCrossEntropy, squaredError } from './losses'

/**
 * ŷ = bias + b_user + b_item + ⟨user, item⟩, its loss, and the gradient of the rows touched, in one pass over the batch. In tiles of examples
 * that stay in the nearest cache: vectors are read for the product, and again for the gradient once the tile's loss is known.
 *
 * Gradients are summed in the order of the batch, from tables that nothing changes meanwhile: updates come after.
 */

/** One side of the product. Written by engine/cpu/dotProductSide.ts: the same fields in the same order. */
@unmanaged
class Side {
  /** [rows], `stride` floats from one to the next. */
  table!: usize
  stride!: u32
  /** [lookups] */
  ids!: usize
  /** [B + 1]; 0 = one lookup an example. */
  offsets!: usize
  /** As embeddingBag has it. */
  combiner!: i32
  /** [lookups] the place of each lookup's row in `gradient`: see touchRows. */
  lookupPlaces!: usize
  /** [U × width], begun by startRowGradient; 0 = the table is not trained. */
  gradient!: usize
  /** [rows], `biasStride` floats from one to the next; 0 = no biases. */
  bias!: usize
  biasStride!: u32
  /** [U] */
  biasGradient!: usize
  /** [TILE × width] each, for combined bags and their gradient. */
  bags!: usize
  dBags!: usize
}

/** Examples in a tile: two rows of 32 numbers for each are 16 KB. Also the length of `outputs` and `dOutputs` that a step needs. */
const TILE = 64

/** outputs [size] of a batch. `width`: floats of a row, a multiple of 4; `globalBias` points to it. */
export function dotProducts(users: Side, items: Side, size: u32, width: u32, globalBias: usize, outputs: usize): void {
  const bias = load<f32>(globalBias)
  for (let from: u32 = 0; from < size; from += TILE) {
    const examples = min(TILE, size - from)
    forward(users, items, from, examples, width, bias, outputs + (<usize>from << 2))
  }
}

/**
 * Adds the gradient of the mean loss to both sides' gradients, and returns the sum of the losses. `labels` [size]; `task`: 0 squared error,
 * 1 log loss of a logit against 0 or 1; `outputs` and `dOutputs` [TILE].
 */
export function dotProductGradients(
  users: Side,
  items: Side,
  labels: usize,
  size: u32,
  width: u32,
  task: i32,
  globalBias: usize,
  outputs: usize,
  dOutputs: usize,
): f64 {
  const scale: f32 = 1 / <f32>size
  const bias = load<f32>(globalBias)
  let loss: f64 = 0
  for (let from: u32 = 0; from < size; from += TILE) {
    const examples = min(TILE, size - from)
    const tileLabels = labels + (<usize>from << 2)
    forward(users, items, from, examples, width, bias, outputs)
    loss += task
      ? sigmoidCrossEntropy(outputs, tileLabels, dOutputs, examples, scale)
      : squaredError(outputs, tileLabels, dOutputs, examples, scale)
    backward(users, items, from, examples, width, dOutputs)
  }
  return loss
}

function forward(users: Side, items: Side, from: u32, examples: u32, width: u32, globalBias: f32, outputs: usize): void {
  combine(users, from, examples, width)
  combine(items, from, examples, width)
  // A number in place of `bytes` gives code without a loop: the compiler inlines it and drops what is not needed.
  switch (width) {
    case 4: { products(users, items, from, examples, 16, globalBias, outputs); break }
    case 8: { products(users, items, from, examples, 32, globalBias, outputs); break }
    case 12: { products(users, items, from, examples, 48, globalBias, outputs); break }
    case 16: { products(users, items, from, examples, 64, globalBias, outputs); break }
    case 20: { products(users, items, from, examples, 80, globalBias, outputs); break }
    case 24: { products(users, items, from, examples, 96, globalBias, outputs); break }
    case 28: { products(users, items, from, examples, 112, globalBias, outputs); break }
    case 32: { products(users, items, from, examples, 128, globalBias, outputs); break }
    default: products(users, items, from, examples, width << 2, globalBias, outputs)
  }
  addBagBiases(users, from, examples, outputs)
  addBagBiases(items, from, examples, outputs)
}

function backward(users: Side, items: Side, from: u32, examples: u32, width: u32, dOutputs: usize): void {
  switch (width) {
    case 4: { gradients(users, items, from, examples, 16, dOutputs); break }
    case 8: { gradients(users, items, from, examples, 32, dOutputs); break }
    case 12: { gradients(users, items, from, examples, 48, dOutputs); break }
    case 16: { gradients(users, items, from, examples, 64, dOutputs); break }
    case 20: { gradients(users, items, from, examples, 80, dOutputs); break }
    case 24: { gradients(users, items, from, examples, 96, dOutputs); break }
    case 28: { gradients(users, items, from, examples, 112, dOutputs); break }
    case 32: { gradients(users, items, from, examples, 128, dOutputs); break }
    default: gradients(users, items, from, examples, width << 2, dOutputs)
  }
  spreadGradient(users, from, examples, width, dOutputs)
  spreadGradient(items, from, examples, width, dOutputs)
}

/** Each bag of the tile becomes one vector. */
@inline
function combine(side: Side, from: u32, examples: u32, width: u32): void {
  if (!side.offsets) return
  embeddingBag(
    side.table, side.stride, width, side.ids, side.offsets, from, examples, side.combiner, side.bags, width, false,
  )
}

/** Where the vectors of a side are: `ids` choose among those at `base`, `step` bytes apart; without ids they follow each other. */
@inline
function base(side: Side): usize {
  return side.offsets ? side.bags : side.table
}

@inline
function step(side: Side, bytes: usize): usize {
  return side.offsets ? bytes : <usize>side.stride << 2
}

/** Row of the i-th example's vector; `ids` 0 = i itself. */
@inline
function rowOf(ids: usize, i: usize): usize {
  return ids ? <usize>load<u32>(ids + (i << 2)) : i
}

@inline
function numbersFrom(side: Side, numbers: usize, from: u32): usize {
  return side.offsets ? 0 : numbers + (<usize>from << 2)
}

@inline
function products(
  users: Side, items: Side, from: u32, examples: u32, bytes: usize, globalBias: f32, outputs: usize,
): void {
  const userBase = base(users)
  const itemBase = base(items)
  const userStep = step(users, bytes)
  const itemStep = step(items, bytes)
  const userIds = numbersFrom(users, users.ids, from)
  const itemIds = numbersFrom(items, items.ids, from)
  const userBias = biasOfOne(users, users.bias)
  const itemBias = biasOfOne(items, items.bias)
  const userBiasStep = <usize>users.biasStride << 2
  const itemBiasStep = <usize>items.biasStride << 2
  for (let i: usize = 0; i < examples; i++) {
    const user = rowOf(userIds, i)
    const item = rowOf(itemIds, i)
    let output = globalBias + product(userBase + user * userStep, itemBase + item * itemStep, bytes)
    if (userBias) output += load<f32>(userBias + user * userBiasStep)
    if (itemBias) output += load<f32>(itemBias + item * itemBiasStep)
    store<f32>(outputs + (i << 2), output)
  }
}

/** 0 where there is none, or bags make it a matter of its own. */
@inline
function biasOfOne(side: Side, bias: usize): usize {
  return side.offsets ? 0 : bias
}

@inline
function addBagBiases(side: Side, from: u32, examples: u32, outputs: usize): void {
  if (!side.bias || !side.offsets) return
  embeddingBag(side.bias, side.biasStride, 1, side.ids, side.offsets, from, examples, side.combiner, outputs, 1, true)
}

/** gradient of the user += dOutput · item, and the other way round. A bag's waits in `dBags` for spreadGradient. */
@inline
function gradients(users: Side, items: Side, from: u32, examples: u32, bytes: usize, dOutputs: usize): void {
  const userBase = base(users)
  const itemBase = base(items)
  const userStep = step(users, bytes)
  const itemStep = step(items, bytes)
  const userIds = numbersFrom(users, users.ids, from)
  const itemIds = numbersFrom(items, items.ids, from)
  const userPlaces = numbersFrom(users, users.lookupPlaces, from)
  const itemPlaces = numbersFrom(items, items.lookupPlaces, from)
  const userGradient = startOfGradient(users, examples, bytes)
  const itemGradient = startOfGradient(items, examples, bytes)
  const userBias = biasOfOne(users, users.biasGradient)
  const itemBias = biasOfOne(items, items.biasGradient)
  for (let i: usize = 0; i < examples; i++) {
    const user = userBase + rowOf(userIds, i) * userStep
    const item = itemBase + rowOf(itemIds, i) * itemStep
    const userPlace = rowOf(userPlaces, i)
    const itemPlace = rowOf(itemPlaces, i)
    const dOutput = load<f32>(dOutputs + (i << 2))
    const lanes = f32x4.splat(dOutput)
    if (userGradient) addScaled(userGradient + userPlace * bytes, item, lanes, bytes)
    if (itemGradient) addScaled(itemGradient + itemPlace * bytes, user, lanes, bytes)
    if (userBias) addNumber(userBias + (userPlace << 2), dOutput)
    if (itemBias) addNumber(itemBias + (itemPlace << 2), dOutput)
  }
}

/** 0 where the table is not trained. */
@inline
function startOfGradient(side: Side, examples: u32, bytes: usize): usize {
  if (!side.gradient || !side.offsets) return side.gradient
  memory.fill(side.dBags, 0, <usize>examples * bytes)
  return side.dBags
}

@inline
function addNumber(to: usize, number: f32): void {
  store<f32>(to, load<f32>(to) + number)
}

/** The gradient of combined bags to the rows that they are made of, and that of their biases. */
@inline
function spreadGradient(side: Side, from: u32, examples: u32, width: u32, dOutputs: usize): void {
  if (!side.offsets) return
  if (side.gradient) {
    embeddingBagGrad(
      side.dBags, width, width, side.lookupPlaces, side.offsets, from, examples, side.combiner, side.gradient,
    )
  }
  if (side.bias) {
    embeddingBagGrad(
      dOutputs, 1, 1, side.lookupPlaces, side.offsets, from, examples, side.combiner, side.biasGradient,
    )
  }
}

/** Σ of a · b over `bytes`, in two sums of four lanes each. */
@inline
function product(a: usize, b: usize, bytes: usize): f32 {
  let even = times(a, b, 0)
  let odd = bytes > 16 ? times(a, b, 16) : f32x4.splat(0)
  if (bytes > 32) even = f32x4.add(even, times(a, b, 32))
  if (bytes > 48) odd = f32x4.add(odd, times(a, b, 48))
  if (bytes > 64) even = f32x4.add(even, times(a, b, 64))
  if (bytes > 80) odd = f32x4.add(odd, times(a, b, 80))
  if (bytes > 96) even = f32x4.add(even, times(a, b, 96))
  if (bytes > 112) odd = f32x4.add(odd, times(a, b, 112))
  for (let d: usize = 128; d < bytes; d += 16) even = f32x4.add(even, times(a + d, b + d, 0))
  const sum = f32x4.add(even, odd)
  const halves = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1))
  return f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1)
}

@inline
function times(a: usize, b: usize, at: usize): v128 {
  return f32x4.mul(v128.load(a + at), v128.load(b + at))
}

/** to += scale · from, over `bytes`. */
@inline
function addScaled(to: usize, from: usize, scale: v128, bytes: usize): void {
  addTimes(to, from, scale, 0)
  if (bytes > 16) addTimes(to, from, scale, 16)
  if (bytes > 32) addTimes(to, from, scale, 32)
  if (bytes > 48) addTimes(to, from, scale, 48)
  if (bytes > 64) addTimes(to, from, scale, 64)
  if (bytes > 80) addTimes(to, from, scale, 80)
  if (bytes > 96) addTimes(to, from, scale, 96)
  if (bytes > 112) addTimes(to, from, scale, 112)
  for (let d: usize = 128; d < bytes; d += 16) addTimes(to + d, from + d, scale, 0)
}

@inline
function addTimes(to: usize, from: usize, scale: v128, at: usize): void {
  v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(scale, v128.load(from + at))))
}
