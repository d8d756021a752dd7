import { Side } from './dotProductSide'
import { embeddingBag, embeddingBagGrad } from './embeddingBag'
import { sigmoidCrossEntropy, squaredError } from './losses'
import { pairGradients } from './pairGradients'
import { addNumber, addScaled, products, sumOf } from './rowArithmetic'

/**
 * ŷ = bias + b_user + b_item + ⟨user, item⟩, its loss, and the gradient of the rows touched, in one pass over the batch. In tiles of examples
 * that stay in the nearest cache: vectors are read for the product, and again for the gradient once the tile's loss is known.
 *
 * Gradients are summed in the order of the batch, from tables that nothing changes meanwhile: updates come after.
 */

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
 * Adds the gradient of the batch's mean loss by examples `start` … `end` − 1 to both sides' gradients, and returns the sum of their losses.
 * `start`: a multiple of 4; `labels` [size]; `task`: 0 squared error, 1 log loss of a logit against 0 or 1; `outputs` and `dOutputs` [TILE].
 */
export function dotProductGradients(
  users: Side,
  items: Side,
  labels: usize,
  size: u32,
  start: u32,
  end: u32,
  width: u32,
  task: i32,
  globalBias: usize,
  outputs: usize,
  dOutputs: usize,
): f64 {
  const scale: f32 = 1 / <f32>size
  const bias = load<f32>(globalBias)
  if (!users.offsets && !items.offsets) return pairGradients(users, items, labels, start, end, width, task, bias, scale)
  let loss: f64 = 0
  for (let from = start; from < end; from += TILE) {
    const examples = min(TILE, end - from)
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
    case 4: { outputsOf(users, items, from, examples, 16, globalBias, outputs); break }
    case 8: { outputsOf(users, items, from, examples, 32, globalBias, outputs); break }
    case 12: { outputsOf(users, items, from, examples, 48, globalBias, outputs); break }
    case 16: { outputsOf(users, items, from, examples, 64, globalBias, outputs); break }
    case 20: { outputsOf(users, items, from, examples, 80, globalBias, outputs); break }
    case 24: { outputsOf(users, items, from, examples, 96, globalBias, outputs); break }
    case 28: { outputsOf(users, items, from, examples, 112, globalBias, outputs); break }
    case 32: { outputsOf(users, items, from, examples, 128, globalBias, outputs); break }
    default: outputsOf(users, items, from, examples, width << 2, globalBias, outputs)
  }
  addBagBiases(users, from, examples, outputs)
  addBagBiases(items, from, examples, outputs)
}

function backward(users: Side, items: Side, from: u32, examples: u32, width: u32, dOutputs: usize): void {
  gradients(users, items, from, examples, width << 2, dOutputs)
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
function outputsOf(
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
    let output = globalBias + sumOf(products(userBase + user * userStep, itemBase + item * itemStep, bytes))
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
