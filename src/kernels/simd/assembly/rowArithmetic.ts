/** Arithmetic on rows of `bytes`, a multiple of 16: a number in their place gives code without a loop, up to 128. */

/** a · b in four sums. */
@inline
export function products(a: usize, b: usize, bytes: usize): v128 {
  let even = times(a, b, 0)
  let odd = bytes > 16 ? times(a, b, 16) : f32x4.splat(0)
  if (bytes > 32) even = f32x4.add(even, times(a, b, 32))
  if (bytes > 48) odd = f32x4.add(odd, times(a, b, 48))
  if (bytes > 64) even = f32x4.add(even, times(a, b, 64))
  if (bytes > 80) odd = f32x4.add(odd, times(a, b, 80))
  if (bytes > 96) even = f32x4.add(even, times(a, b, 96))
  if (bytes > 112) odd = f32x4.add(odd, times(a, b, 112))
  for (let d: usize = 128; d < bytes; d += 16) even = f32x4.add(even, times(a + d, b + d, 0))
  return bytes > 16 ? f32x4.add(even, odd) : even
}

@inline
function times(a: usize, b: usize, at: usize): v128 {
  return f32x4.mul(v128.load(a + at), v128.load(b + at))
}

@inline
export function sumOf(lanes: v128): f32 {
  const halves = f32x4.add(lanes, v128.shuffle<f32>(lanes, lanes, 2, 3, 0, 1))
  return f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1)
}

/** [Σ a, Σ b, Σ c, Σ d] */
@inline
export function sumsOf(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7))
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))
}

/** to += scale · from */
@inline
export function addScaled(to: usize, from: usize, scale: v128, bytes: usize): void {
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

@inline
export function addNumber(to: usize, number: f32): void {
  store<f32>(to, load<f32>(to) + number)
}
