/** Activations by number: 0 none, 1 relu, 2 tanh. */
export const RELU = 1
export const TANH = 2

/** dY times the slope of the activation where its value is y. */
@inline
export function sloped(y: v128, dY: v128, activation: i32): v128 {
  if (activation == RELU) return v128.and(dY, f32x4.gt(y, f32x4.splat(0)))
  if (activation == TANH) return f32x4.mul(dY, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y)))
  return dY
}
