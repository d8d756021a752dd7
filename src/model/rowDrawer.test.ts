import { expect, it } from 'vitest'
import type { Experiment } from '../experiment/experiment'
import { blockObstacle, drawsBlocks, rowDrawer } from './rowDrawer'
import { createSyntheticData, embeddingOfKey, experimentOf } from './syntheticData'

const film = embeddingOfKey('film', 40, 4)
const viewer = embeddingOfKey('viewer', 30, 4)

function oneByOne(change: Partial<Experiment> = {}, { multi = false, rows = 200 } = {}) {
  const encoded = createSyntheticData({
    rows,
    categorical: [
      { name: 'film', buckets: 40, multi },
      { name: 'viewer', buckets: 30, multi: false },
    ],
    task: change.label?.task ?? 'regression',
    outputs: 1,
  })
  const experiment = experimentOf({
    columns: [film, viewer],
    model: { type: 'dotProduct', user: 'viewer', item: 'film', biases: true },
    label: { task: 'regression', targets: [] },
    optimizer: { type: 'rowAdagrad', learningRate: 0.1 },
    batchSize: 1,
    ...change,
  })
  return { encoded, experiment }
}

const obstacleOf = ({ encoded, experiment }: ReturnType<typeof oneByOne>) => blockObstacle(encoded, experiment)

it('draws blocks where single steps can be shared out, and shuffles everything else', () => {
  for (const type of ['sgd', 'adagrad', 'rowAdagrad'] as const) {
    const { encoded, experiment } = oneByOne({ optimizer: { type, learningRate: 0.1 } })
    expect(drawsBlocks(encoded, experiment)).toBe(true)
    expect(drawsBlocks(encoded, { ...experiment, batchSize: 2 })).toBe(false)
  }
  const adam = oneByOne({ optimizer: { type: 'adam', learningRate: 0.1 } })
  const drawn = (batchSize: number) => {
    const rows = new Uint32Array(adam.encoded.trainRows.length)
    rowDrawer(adam.encoded, { ...adam.experiment, batchSize })(rows, { epoch: 0, position: 0 })
    return rows
  }
  expect(drawn(1)).toEqual(drawn(2))
})

it('says what keeps single steps from being shared out', () => {
  const keras = { type: 'adagrad', learningRate: 0.1, flavor: 'keras' } as const
  expect(obstacleOf(oneByOne({ optimizer: keras }))).toMatch(/^steps of Adagrad \(Keras 3\) are not shared out/)
  expect(obstacleOf(oneByOne({ optimizer: { ...keras, type: 'sgd' } }))).toBe(null)
  expect(obstacleOf(oneByOne({ columns: [{ ...film, trainable: false }, viewer] }))).toMatch('vectors of film')
  expect(obstacleOf(oneByOne({ columns: [{ ...film, maxNorm: 1 }, viewer] }))).toMatch('a longest row')
  expect(obstacleOf(oneByOne({}, { multi: true }))).toBe('some rows have several values of film, or none')
  const binary = { task: 'binary', column: 'seen', positive: 'yes' } as const
  expect(obstacleOf(oneByOne({ label: binary }))).toMatch('only a dot product that predicts a number')
  const network: Experiment['model'] = { type: 'tabular', hiddenUnits: [], activation: 'relu' }
  expect(obstacleOf(oneByOne({ model: network }))).toMatch('only a dot product')
})
