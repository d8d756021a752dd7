/**
 * exp, log and tanh of four numbers. Polynomials interpolated at Chebyshev points, in the form 1 + x + x² p(x) that keeps small results
 * exact; relative errors of the polynomials are under 2e-8, so what is left is rounding in 32 bits. The same bits on every machine.
 */

/** ln 2 in two parts: the first has so few bits that a whole number times it is exact. */
const LN2_HIGH: f32 = 0.693359375
const LN2_LOW: f32 = -2.12194440e-4
const LOG2_E: f32 = 1.44269504
/** exp of it is the smallest normal number; anything lower gives 0. */
const LOWEST: f32 = -87.33654
/** exp of it is the last that stays under the largest number. */
const HIGHEST: f32 = 88.37626

/** e^x within 2e-7 relative; 0 below −87.3, and e^88.4 above 88.4. */
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(LOWEST)), f32x4.splat(HIGHEST))
  // Adding 1.5 · 2^23 rounds to a whole number, and leaves it in the lowest bits.
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(LOG2_E)), f32x4.splat(12582912))
  const n = f32x4.sub(shifted, f32x4.splat(12582912))
  const r = f32x4.sub(f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH))), f32x4.mul(n, f32x4.splat(LN2_LOW)))
  let p = f32x4.add(f32x4.mul(r, f32x4.splat(0.001392617612)), f32x4.splat(0.008363173075))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.04166655466))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.1666657703))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.5))
  const fraction = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1))
  const power = i32x4.add(i32x4.shl(shifted, 23), f32x4.splat(1))
  return v128.andnot(f32x4.mul(fraction, power), f32x4.lt(x, f32x4.splat(LOWEST)))
}

/** 2 · artanh(s) = log((1 + s) / (1 − s)), for s² ≤ 1/9. */
@inline
function twiceArtanh(s: v128): v128 {
  const u = f32x4.mul(s, s)
  let p = f32x4.add(f32x4.mul(u, f32x4.splat(0.1161216461)), f32x4.splat(0.108532879))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(0.14296179))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(0.1999985317))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(0.3333333366))
  const twice = f32x4.add(s, s)
  return f32x4.add(twice, f32x4.mul(twice, f32x4.mul(u, p)))
}

/** log(1 + y) within 2e-7 relative, for y from 0 to 1. */
@inline
export function log1p4(y: v128): v128 {
  return twiceArtanh(f32x4.div(y, f32x4.add(y, f32x4.splat(2))))
}

/** log x within 2e-7 absolute and relative, for normal x > 0. */
@inline
export function log4(x: v128): v128 {
  // x = 2^e · m with m from √½ to √2: adding the distance from √½ to 1 carries into the exponent where m would be larger.
  const bits = i32x4.add(x, i32x4.splat(0x3f800000 - 0x3f3504f3))
  const e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(bits, 23), i32x4.splat(127)))
  const m = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3))
  const one = f32x4.splat(1)
  const log = twiceArtanh(f32x4.div(f32x4.sub(m, one), f32x4.add(m, one)))
  return f32x4.add(f32x4.mul(e, f32x4.splat(LN2_HIGH)), f32x4.add(f32x4.mul(e, f32x4.splat(LN2_LOW)), log))
}

/** tanh x within 3e-7 relative. */
@inline
export function tanh4(x: v128): v128 {
  const u = f32x4.mul(x, x)
  let p = f32x4.add(f32x4.mul(u, f32x4.splat(-0.006096714166)), f32x4.splat(0.020997179))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(-0.05385090958))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(0.1333276974))
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(-0.3333332894))
  const near = f32x4.add(x, f32x4.mul(x, f32x4.mul(u, p)))
  // |tanh x| = 1 − 2 / (e^2|x| + 1), which loses digits only where the polynomial is used instead.
  const size = f32x4.abs(x)
  const one = f32x4.splat(1)
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp4(f32x4.add(size, size)), one)))
  const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)))
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)))
}
