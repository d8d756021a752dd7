import { CustomLab } from './customLab'
import { expect, test } from './fixtures'

test('an operation that no graph holds is named at its line, and what was trained stays', async ({ page }) => {
  const lab = new CustomLab(page)
  await lab.open()
  await lab.write(`import { arrayInputFn, Estimator, EstimatorSpec, getGlobalStep, getVariable, ModeKeys, tf, train } from 'estimator'
const estimator = new Estimator({
  modelDir: 'counted',
  modelFn({ x }, labels, mode) {
    const counts = tf.denseBincount(tf.cast(x, 'int32'), tf.tensor2d([], [0, 0]), 3)
    const predicted = tf.matMul(counts, getVariable('w', [3, 1]))
    if (mode === ModeKeys.PREDICT) return new EstimatorSpec({ mode, predictions: { predicted } })
    const loss = tf.losses.meanSquaredError(labels, predicted)
    return new EstimatorSpec({ mode, predictions: { predicted }, loss,
      trainOp: train.gradientDescentOptimizer(0.1).minimize(loss, getGlobalStep()) })
  },
})
await estimator.train({ inputFn: arrayInputFn({ x: { x: [[0, 1], [2, 2]] }, y: [[1], [2]], numEpochs: null, shuffle: false }), maxSteps: 4 })
await estimator.exportSavedModel('out/export/by-hand', () => ({ x: tf.zeros([1, 2]) }))`)
  await lab.run()
  await expect(lab.console.getByRole('alert')).toHaveText(
    'Line 5: exportSavedModel: the operation DenseBincount cannot be exported.',
  )
  await expect(lab.results.getByText('Last checkpoint: step 4')).toBeVisible()
})
