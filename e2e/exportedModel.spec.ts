import { readFile } from 'node:fs/promises'
import { CustomLab } from './customLab'
import { answersOf, loadDownloaded } from './exportedModel'
import { expect, test } from './fixtures'

const ROWS = 7
const rows = <T>(of: (row: number) => T): T[] => Array.from({ length: ROWS }, (_, row) => of(row))
const words = [[3, 1, 4], [1], [5, 9, 2, 6], [5, 3], [5], [8, 9, 7], [9]]

/** Features that no training has seen: as the code gives them to predict, and as the exported model takes them. */
const examples = [
  {
    title: 'LSTM on hourly traffic',
    file: 'lstmTraffic',
    features: { hours: rows((row) => Array.from({ length: 24 }, (_, hour) => Math.sin(row + hour / 3))) },
  },
  {
    title: 'Wide & deep on day × hour',
    file: 'wideAndDeep',
    features: { day: rows((row) => row), hour: rows((row) => row * 3) },
    code: `{ day: Int32Array.of(${rows((row) => row)}), hour: Int32Array.of(${rows((row) => row * 3)}) }`,
  },
  {
    title: 'Keras on watch histories',
    file: 'kerasWatchHistories',
    features: { films_input: rows((row) => Array.from({ length: 40 }, (_, i) => (row * 5 + i * i) % 30)) },
  },
  {
    title: 'Bag of words in film titles',
    file: 'titleWords',
    features: { words: words.map((row) => [...row, ...Array(4 - row.length).fill(-1)]) },
    code: `{ words: { type: 'integer', values: [${words.flat()}], offsets: Int32Array.of(0, ${words.map((_, row) => words.slice(0, row + 1).flat().length)}) } }`,
  },
]

for (const { title, file, features, code } of examples) {
  test(`${title}: the downloaded model answers in TensorFlow.js alone as the Estimator does in the page`, async ({
    page,
  }) => {
    test.slow()
    const lab = new CustomLab(page)
    await lab.open()
    await lab.openExample(title)
    const example = await readFile(`src/ui/custom/examples/${file}.ts`, 'utf8')
    await lab.write(`${example.replace(/const STEPS = \d+/, 'const STEPS = 8')}
const unseen = arrayInputFn({ x: ${code ?? JSON.stringify(features)}, shuffle: false })
const predicted = []
for await (const row of estimator.predict({ inputFn: unseen })) predicted.push(Object.values(row)[0][0])
console.log('PREDICTED ' + predicted.join(' '))
${example.includes('arrayInputFn,') ? '' : "import { arrayInputFn } from 'estimator'"}
`)
    await lab.run()
    await lab.until('Done · step 8', 90_000)
    const line = await lab.console.getByText(/^PREDICTED/).textContent()
    const predicted = (line ?? '').match(/-?\d[\d.e-]*/g)!.map(Number)
    expect(predicted).toHaveLength(ROWS)
    const downloading = page.waitForEvent('download')
    await lab.button(/^Download .*\/export\/latest\/8$/).click()
    const model = await loadDownloaded(await downloading)
    for (const [row, answer] of answersOf(model, features).entries()) expect(answer).toBeCloseTo(predicted[row]!, 6)
    expect(new Set(predicted).size).toBeGreaterThan(1)
  })
}

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
