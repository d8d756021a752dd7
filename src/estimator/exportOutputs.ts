import { Tensor } from '@tensorflow/tfjs-core'

/** A number (or several) for each row: TensorFlow's signature `regress`. */
export class RegressionOutput {
  readonly kind = 'regression'
  readonly outputs: Record<string, Tensor>

  constructor({ value }: { value: Tensor }) {
    if (!(value instanceof Tensor) || value.dtype === 'string') {
      throw new TypeError('The value of a RegressionOutput must be a tensor of numbers.')
    }
    this.outputs = { outputs: value }
  }
}

/** `scores` [B, classes], or `classes` (their numbers or names), or both: TensorFlow's signature `classify`. */
export class ClassificationOutput {
  readonly kind = 'classification'
  readonly outputs: Record<string, Tensor>

  constructor({ scores, classes }: { scores?: Tensor; classes?: Tensor }) {
    if (!scores && !classes) throw new TypeError('A ClassificationOutput needs scores or classes.')
    this.outputs = checkedTensors('a ClassificationOutput', { ...(classes && { classes }), ...(scores && { scores }) })
  }
}

/** Anything by name: TensorFlow's signature `predict`. A single tensor is called `output`. */
export class PredictOutput {
  readonly kind = 'predict'
  readonly outputs: Record<string, Tensor>

  constructor(outputs: Tensor | Record<string, Tensor>) {
    this.outputs = outputs instanceof Tensor ? { output: outputs } : checkedTensors('a PredictOutput', outputs)
  }
}

function checkedTensors(what: string, outputs: Record<string, Tensor>): Record<string, Tensor> {
  const wrong = Object.entries(outputs).find(([, output]) => !(output instanceof Tensor))
  if (wrong) throw new TypeError(`${wrong[0]} of ${what} is not a tensor.`)
  return outputs
}

export type ExportOutput = RegressionOutput | ClassificationOutput | PredictOutput
