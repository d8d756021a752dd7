/** Share of the last step that goes on, as in TensorFlow's examples; TensorFlow 1 itself has no default. */
export const MOMENTUM = 0.9
