/**
 * One optimizer step in place, on the rows touched or on every row: the optimizers of TensorFlow 1 and of Keras, for a gradient whose duplicates
 * are summed.
 *
 * All share their arguments:
 *   table, first, second   the weights and the optimizer's slots, where it has them
 *   stride                 floats from one row to the next, of all three: slots may lie between the rows of the table or apart from them
 *   width                  floats of a row that are updated: a multiple of 4, or 1
 *   rows, touched          row numbers [touched], all different; 0 = rows 0 … touched − 1, the dense form
 *   gradient               [touched × width]
 *   rate                   learning rate; of Adam, with the bias correction in it
 *   constant               epsilon; of Momentum, the gradient's share in it; 0 where neither is asked for
 *
 * Numbers that pad a row to `width` have a gradient of 0 and stay as they are, as long as their accumulators are not 0.
 */

const MOMENTUM: f32 = 0.9
const RMS_DECAY: f64 = 0.9
const BETA1: f64 = 0.9
const BETA2: f64 = 0.999

// Names for the compiler: each gives a loop of its own.
class Sgd {}
class Momentum {}
class Adagrad {}
class RmsProp {}
class Velocity {}
class Adam {}
class Ftrl {}

/** w −= rate · g */
export function sgdRows(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
): void {
  updateRows<Sgd>(table, first, second, stride, width, rows, touched, gradient, rate, constant)
}

/** momentum = 0.9 · momentum + constant · g; w −= rate · momentum. TensorFlow 1: 1 and the learning rate; Keras: −learning rate and −1. */
export function momentumRows(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
): void {
  updateRows<Momentum>(table, first, second, stride, width, rows, touched, gradient, rate, constant)
}

/** accumulator += g²; w −= rate · g / √(accumulator + constant) */
export function adagradRows(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
): void {
  updateRows<Adagrad>(table, first, second, stride, width, rows, touched, gradient, rate, constant)
}

/** rms = 0.9 · rms + 0.1 · g²; momentum = rate · g / √(rms + constant); w −= momentum */
export function rmspropRows(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
): void {
  updateRows<RmsProp>(table, first, second, stride, width, rows, touched, gradient, rate, constant)
}

/** m = 0.9 · m + 0.1 · g; v = 0.999 · v + 0.001 · g²; w −= rate · m / (√v + constant). Lazy: rows not touched keep m, v and w. */
export function adamRows(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
): void {
  updateRows<Adam>(table, first, second, stride, width, rows, touched, gradient, rate, constant)
}

/** linear += g − (√(accumulator + g²) − √accumulator) / rate · w; accumulator += g²; w = −linear · rate / √accumulator */
export function ftrlRows(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
): void {
  updateRows<Ftrl>(table, first, second, stride, width, rows, touched, gradient, rate, constant)
}

/**
 * One accumulator a row, at first + 4 · stride · row: accumulator += Σ g² / dimension; w −= rate · g / √accumulator.
 * `dimension`: numbers of a row that are not padding.
 */
export function rowAdagradRows(
  table: usize, first: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, dimension: u32,
): void {
  if (width == 1) return updateNumbers<Adagrad>(table, first, 0, stride, rows, touched, gradient, rate, 0)
  const bytes = width << 2
  const share: f32 = 1 / <f32>dimension
  for (let u: u32 = 0; u < touched; u++) {
    const at = rowAt(rows, u, stride)
    let squares = f32x4.splat(0)
    for (let d: usize = 0; d < bytes; d += 16) {
      const g = v128.load(gradient + d)
      squares = f32x4.add(squares, f32x4.mul(g, g))
    }
    const accumulator = load<f32>(first + at) + share * sumOf(squares)
    store<f32>(first + at, accumulator)
    const scale = f32x4.splat(rate / sqrt<f32>(accumulator))
    for (let d: usize = 0; d < bytes; d += 16) {
      const w = table + at + d
      v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(scale, v128.load(gradient + d))))
    }
    gradient += bytes
  }
}

/**
 * Every row takes the step, those not touched with a gradient of 0: Adam of TensorFlow 1 and of Keras.
 * `places` [tableRows]: of the row index, see touchRows; not read where `rows` is 0.
 */
export function adamAllRows(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
  tableRows: u32, places: usize,
): void {
  updateEveryRow<Adam>(table, first, second, stride, width, rows, touched, gradient, rate, constant, tableRows, places)
}

/** Keras's momentum moves every row. */
export function momentumAllRows(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
  tableRows: u32, places: usize,
): void {
  updateEveryRow<Momentum>(table, first, second, stride, width, rows, touched, gradient, rate, constant, tableRows, places)
}

/** Keras's RMSprop: velocity = 0.9 · velocity + 0.1 · g² in every row; w −= rate · g / √(velocity + constant). No second slot. */
export function velocityAllRows(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
  tableRows: u32, places: usize,
): void {
  updateEveryRow<Velocity>(table, first, second, stride, width, rows, touched, gradient, rate, constant, tableRows, places)
}

/** Keras's FTRL: weights that were never touched become 0 in the first step. */
export function ftrlAllRows(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
  tableRows: u32, places: usize,
): void {
  updateEveryRow<Ftrl>(table, first, second, stride, width, rows, touched, gradient, rate, constant, tableRows, places)
}

@inline
function updateEveryRow<O>(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
  tableRows: u32, places: usize,
): void {
  const bytes = width << 2
  const lanes = f32x4.splat(rate)
  const c = f32x4.splat(constant)
  const none = f32x4.splat(0)
  for (let row: u32 = 0; row < tableRows; row++) {
    const at = (<usize>row * stride) << 2
    const place = rows ? load<u32>(places + (<usize>row << 2)) : row
    const moved = place < touched && (rows == 0 || load<u32>(rows + (<usize>place << 2)) == row)
    const from = gradient + <usize>place * bytes
    if (width == 1) {
      const g = moved ? v128.load32_zero(from) : none
      stepNumber<O>(table + at, first + at, second + at, g, lanes, c)
      continue
    }
    for (let d: usize = 0; d < bytes; d += 16) {
      const g = moved ? v128.load(from + d) : none
      stepLanes<O>(table + at + d, first + at + d, second + at + d, g, lanes, c)
    }
  }
}

@inline
function rowAt(rows: usize, u: u32, stride: u32): usize {
  const row = rows ? load<u32>(rows + (<usize>u << 2)) : u
  return (<usize>row * stride) << 2
}

@inline
function updateRows<O>(
  table: usize, first: usize, second: usize, stride: u32, width: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
): void {
  if (width == 1) return updateNumbers<O>(table, first, second, stride, rows, touched, gradient, rate, constant)
  const lanes = f32x4.splat(rate)
  const c = f32x4.splat(constant)
  const bytes = width << 2
  for (let u: u32 = 0; u < touched; u++) {
    const at = rowAt(rows, u, stride)
    for (let d: usize = 0; d < bytes; d += 16) {
      stepLanes<O>(table + at + d, first + at + d, second + at + d, v128.load(gradient + d), lanes, c)
    }
    gradient += bytes
  }
}

/** Four neighbouring numbers. */
@inline
function stepLanes<O>(table: usize, first: usize, second: usize, g: v128, rate: v128, constant: v128): void {
  const w = v128.load(table)
  const a = slots<O>() > 0 ? v128.load(first) : w
  const b = slots<O>() > 1 ? v128.load(second) : w
  const newA = firstSlot<O>(a, g, constant)
  const newB = secondSlot<O>(a, newA, b, w, g, rate, constant)
  if (slots<O>() > 0) v128.store(first, newA)
  if (slots<O>() > 1) v128.store(second, newB)
  v128.store(table, weight<O>(w, newA, newB, g, rate, constant))
}

/** A step on one number, in lane 0. */
@inline
function stepNumber<O>(table: usize, first: usize, second: usize, g: v128, rate: v128, constant: v128): void {
  const w = v128.load32_zero(table)
  const a = v128.load32_zero(first)
  const b = slots<O>() > 1 ? v128.load32_zero(second) : w
  const newA = firstSlot<O>(a, g, constant)
  const newB = secondSlot<O>(a, newA, b, w, g, rate, constant)
  v128.store_lane<f32>(first, newA, 0)
  if (slots<O>() > 1) v128.store_lane<f32>(second, newB, 0)
  v128.store_lane<f32>(table, weight<O>(w, newA, newB, g, rate, constant), 0)
}

/**
 * Tables of one number a row, four rows at a time. Beyond the end, the last row fills the lanes: it is read before it is written, so that it
 * is written the same number again.
 */
@inline
function updateNumbers<O>(
  table: usize, first: usize, second: usize, stride: u32, rows: usize, touched: u32, gradient: usize, rate: f32, constant: f32,
): void {
  const lanes = f32x4.splat(rate)
  const c = f32x4.splat(constant)
  for (let u: u32 = 0; u < touched; u += 4) {
    const u1 = min(u + 1, touched - 1)
    const u2 = min(u + 2, touched - 1)
    const u3 = min(u + 3, touched - 1)
    const at0 = rowAt(rows, u, stride)
    const at1 = rowAt(rows, u1, stride)
    const at2 = rowAt(rows, u2, stride)
    const at3 = rowAt(rows, u3, stride)
    const g = gather(gradient, <usize>u << 2, <usize>u1 << 2, <usize>u2 << 2, <usize>u3 << 2)
    const w = gather(table, at0, at1, at2, at3)
    const a = slots<O>() > 0 ? gather(first, at0, at1, at2, at3) : w
    const b = slots<O>() > 1 ? gather(second, at0, at1, at2, at3) : w
    const newA = firstSlot<O>(a, g, c)
    const newB = secondSlot<O>(a, newA, b, w, g, lanes, c)
    if (slots<O>() > 0) scatter(newA, first, at0, at1, at2, at3)
    if (slots<O>() > 1) scatter(newB, second, at0, at1, at2, at3)
    scatter(weight<O>(w, newA, newB, g, lanes, c), table, at0, at1, at2, at3)
  }
}

@inline
function gather(from: usize, at0: usize, at1: usize, at2: usize, at3: usize): v128 {
  let lanes = v128.load32_zero(from + at0)
  lanes = v128.load_lane<f32>(from + at1, lanes, 1)
  lanes = v128.load_lane<f32>(from + at2, lanes, 2)
  return v128.load_lane<f32>(from + at3, lanes, 3)
}

@inline
function scatter(lanes: v128, to: usize, at0: usize, at1: usize, at2: usize, at3: usize): void {
  v128.store_lane<f32>(to + at0, lanes, 0)
  v128.store_lane<f32>(to + at1, lanes, 1)
  v128.store_lane<f32>(to + at2, lanes, 2)
  v128.store_lane<f32>(to + at3, lanes, 3)
}

@inline
function sumOf(lanes: v128): f32 {
  return f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1) + (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
}

@inline
function slots<O>(): i32 {
  if (idof<O>() == idof<Sgd>()) return 0
  if (idof<O>() == idof<Momentum>() || idof<O>() == idof<Adagrad>()) return 1
  return idof<O>() == idof<Velocity>() ? 1 : 2
}

/** The first slot after the step: momentum, accumulator, rms, velocity or m. */
@inline
function firstSlot<O>(a: v128, g: v128, constant: v128): v128 {
  if (idof<O>() == idof<Momentum>()) return f32x4.add(f32x4.mul(f32x4.splat(MOMENTUM), a), f32x4.mul(constant, g))
  if (idof<O>() == idof<RmsProp>() || idof<O>() == idof<Velocity>()) return decayed(a, f32x4.mul(g, g), RMS_DECAY)
  if (idof<O>() == idof<Adam>()) return decayed(a, g, BETA1)
  return f32x4.add(a, f32x4.mul(g, g))
}

/** The second slot after the step: momentum, v or linear. */
@inline
function secondSlot<O>(a: v128, newA: v128, b: v128, w: v128, g: v128, rate: v128, constant: v128): v128 {
  if (idof<O>() == idof<RmsProp>()) {
    return f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(newA, constant)))
  }
  if (idof<O>() == idof<Adam>()) return decayed(b, f32x4.mul(g, g), BETA2)
  if (idof<O>() == idof<Ftrl>()) {
    // √newA − √a without the digits that the difference would lose.
    const grown = f32x4.div(f32x4.mul(g, g), f32x4.add(f32x4.sqrt(newA), f32x4.sqrt(a)))
    const pull = f32x4.div(grown, rate)
    return f32x4.add(b, f32x4.sub(g, f32x4.mul(pull, w)))
  }
  return b
}

/** The weights after the step, from the new slots. */
@inline
function weight<O>(w: v128, a: v128, b: v128, g: v128, rate: v128, constant: v128): v128 {
  if (idof<O>() == idof<Sgd>()) return f32x4.sub(w, f32x4.mul(rate, g))
  if (idof<O>() == idof<Momentum>()) return f32x4.sub(w, f32x4.mul(rate, a))
  if (idof<O>() == idof<Adagrad>() || idof<O>() == idof<Velocity>()) {
    return f32x4.sub(w, f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(a, constant))))
  }
  if (idof<O>() == idof<RmsProp>()) return f32x4.sub(w, b)
  if (idof<O>() == idof<Adam>()) {
    return f32x4.sub(w, f32x4.div(f32x4.mul(rate, a), f32x4.add(f32x4.sqrt(b), constant)))
  }
  return f32x4.div(f32x4.mul(f32x4.neg(b), rate), f32x4.sqrt(a))
}

/** The complement of 0.999 in 32 bits would be 0.00099999: 1 − decay is taken in 64. */
@inline
function decayed(a: v128, g: v128, decay: f64): v128 {
  return f32x4.add(f32x4.mul(f32x4.splat(<f32>decay), a), f32x4.mul(f32x4.splat(<f32>(1 - decay)), g))
}
