/** Defaults of TensorFlow 1 and of Keras. */
export const ADAM = { beta1: 0.9, beta2: 0.999 } as const

/** Learning rate with the bias of both moments after `step` steps corrected. */
export function adamRate(learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - ADAM.beta2 ** step)) / (1 - ADAM.beta1 ** step)
}
