/** What a model function is called for: TensorFlow's `tf.estimator.ModeKeys`. */
export const ModeKeys = { TRAIN: 'train', EVAL: 'eval', PREDICT: 'infer' } as const

export type ModeKeys = (typeof ModeKeys)[keyof typeof ModeKeys]
