/** TensorFlow 1's defaults. */
export const RMSPROP = { decay: 0.9, momentum: 0, epsilon: 1e-10 } as const
