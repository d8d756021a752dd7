import { readFile } from 'node:fs/promises'

/** An example as it is, or with fewer steps than it has for people. */
export async function exampleCode(file: string, { steps, every = 50 }: { steps?: number; every?: number } = {}) {
  const code = await readFile(`src/ui/custom/examples/${file}.ts`, 'utf8')
  if (steps === undefined) return code
  return code
    .replace(/const STEPS = \d+/, `const STEPS = ${steps}`)
    .replace(/saveCheckpointsSteps: \d+/, `saveCheckpointsSteps: ${every}`)
}

interface Tiny {
  /** Stands at the head of the model function. */
  before?: string
  trainOp?: string
  steps?: number
  saveEvery?: number
}

/** A straight line, learnt by a model function. */
export function tiny({
  before = '',
  trainOp = 'trainOp: train.gradientDescentOptimizer(0.1).minimize(loss, getGlobalStep()),',
  steps = 20,
  saveEvery = 20,
}: Tiny = {}): string {
  return `import { arrayInputFn, Estimator, EstimatorSpec, getGlobalStep, getVariable, initializers, ModeKeys, tf, train } from 'estimator'
const x = Array.from({ length: 64 }, (_, i) => [i / 64])
const y = x.map(([v]) => [2 * v! + 1])
const estimator = new Estimator({
  modelDir: 'tiny',
  config: { saveCheckpointsSteps: ${saveEvery}, tfRandomSeed: 1 },
  modelFn(features, labels, mode) {
    ${before}
    const w = getVariable('w', [1, 1], initializers.zeros())
    const b = getVariable('b', [1], initializers.zeros())
    const predicted = tf.add(tf.matMul(features.x as tf.Tensor, w), b)
    if (mode === ModeKeys.PREDICT) return new EstimatorSpec({ mode, predictions: { predicted } })
    const loss = tf.losses.meanSquaredError(labels!, predicted)
    return new EstimatorSpec({
      mode, predictions: { predicted }, loss,
      ${trainOp}
    })
  },
})
await estimator.train({ inputFn: arrayInputFn({ x: { x }, y, batchSize: 16, numEpochs: null, shuffle: true, seed: 1 }), maxSteps: ${steps} })
console.log('weight after ' + ${steps}, (await estimator.getVariableValue('w')).values[0])
`
}
