import { describe, expect, it } from 'vitest'
import { type Experiment, experimentSchema } from './experiment'
import { decodeExperiment, encodeExperiment, type LinkView } from './experimentLink'
import { labDefaults } from './labs'
import { optimizerNames } from './optimizerNames'
import { withCrossKind, withDayHourFeatures } from './presets'

const { movies, dayHour, airports } = labDefaults

const brought: Experiment = {
  ...movies,
  dataset: { source: 'file', name: 'café & más, 100%.csv', fingerprint: 'sha256-0123' },
  dateOrders: { 'date.of sale': 'dayFirst' },
  label: { task: 'binary', column: 'null', positive: '1' },
  model: { type: 'tabular', hiddenUnits: [8, 4], activation: 'tanh' },
  stop: { epochs: null, patience: 3 },
}

const other: Experiment = {
  ...dayHour,
  seed: 7,
  optimizer: { type: 'adam', learningRate: 0.005 },
  columns: [...dayHour.columns, { type: 'numeric', key: 'day', normalizer: 'none' }],
}

describe('encodeExperiment', () => {
  it('writes only what differs from the lab', () => {
    expect(encodeExperiment(movies)).toBe('lab=movies')
    const tuned = { ...movies, batchSize: 256, optimizer: { ...movies.optimizer, learningRate: 0.3 } }
    expect(encodeExperiment(tuned)).toBe('lab=movies&optimizer.learningRate=0.3&batchSize=256')
    expect(encodeExperiment(withCrossKind(dayHour, 'hashed'))).toBe('lab=dayHour&columns.0.categorical.exact=false')
  })

  it('uses characters that survive a chat message', () => {
    expect(encodeExperiment(brought)).toMatch(/^[\w.=&%*+-]+$/)
    expect(encodeExperiment(other).length).toBeLessThan(600)
  })
})

describe('decodeExperiment', () => {
  const keys = { day: 'day', hour: 'hour' }
  const separate = withDayHourFeatures(dayHour, 'separate', keys)
  it.each([movies, dayHour, airports, brought, other, separate])('gives back what was encoded (%#)', (experiment) => {
    const view = { table: 'film_embedding', colorBy: 'genre', x: 0, y: 3, lesson: '12', step: 2 }
    expect(decodeExperiment(`#${encodeExperiment(experiment, view)}`)).toEqual({ ok: true, experiment, view })
    expect(decodeExperiment(encodeExperiment(experiment))).toEqual({ ok: true, experiment, view: {} })
  })

  it('gives back what the labs of transfer and dimensions asked for, readable', () => {
    const transfer: LinkView = {
      page: 'transfer',
      transfer: {
        targets: ['cars', 'bike_visitors'],
        sizes: [10, 2000],
        seedCount: 2,
        source: '12, old.json',
        kind: 'frozen',
      },
    }
    const link = encodeExperiment(dayHour, transfer)
    expect(link).toContain('view.transfer.sizes=10,2000')
    expect(decodeExperiment(`#${link}`)).toEqual({ ok: true, experiment: dayHour, view: transfer })
    const sweep: LinkView = { page: 'dimensions', sweep: { setting: 'learningRate', values: [0.01, 0.1], at: 'best' } }
    expect(decodeExperiment(encodeExperiment(movies, sweep))).toEqual({ ok: true, experiment: movies, view: sweep })
    const byHand = decodeExperiment('#lab=dayHour&view.transfer.sizes=50,20,20&view.transfer.targets=bike_members,cars')
    expect(byHand).toMatchObject({
      ok: true,
      view: { transfer: { sizes: [20, 50], targets: ['cars', 'bike_members'] } },
    })
  })

  it('reads every optimizer, those of links made before there were others too', () => {
    for (const type of Object.keys(optimizerNames)) {
      const decoded = decodeExperiment(`#lab=movies&optimizer.type=${type}&optimizer.learningRate=0.02`)
      expect(decoded).toMatchObject({ ok: true, experiment: { optimizer: { type, learningRate: 0.02 } } })
    }
    expect(decodeExperiment('#lab=movies&optimizer.type=adagrad').ok).toBe(true)
    const keras: Experiment = { ...movies, optimizer: { ...movies.optimizer, flavor: 'keras' } }
    expect(encodeExperiment(keras)).toBe('lab=movies&optimizer.flavor=keras')
    expect(decodeExperiment('#lab=movies&optimizer.flavor=keras')).toMatchObject({ ok: true, experiment: keras })
    expect(decodeExperiment('#lab=movies&optimizer.type=lamb')).toMatchObject({ ok: false })
  })

  it('opens the first lab without a hash', () => {
    expect(decodeExperiment('')).toEqual({ ok: true, experiment: movies, view: {} })
    expect(decodeExperiment('#lab=airports')).toEqual({ ok: true, experiment: airports, view: {} })
  })

  it('reads a value written by hand', () => {
    const decoded = decodeExperiment('#lab=movies&columns.1.dimension=5&view.x=1')
    expect(decoded.ok && decoded.experiment.columns[1]).toMatchObject({ dimension: 5 })
    expect(decoded.ok && decoded.view).toEqual({ x: 1 })
  })

  it('says of an old link that another version made it', () => {
    const decoded = decodeExperiment('#v=0&lab=movies')
    expect(decoded.ok === false && decoded.message).toContain('made by another version of the page (0)')
  })

  it.each([
    ['#lab=cars', "no lab 'cars'"],
    ['#lab=movies&batchSize=0', 'batchSize: This must be at least 1'],
    ['#lab=movies&batchSize=many', 'batchSize'],
    ['#lab=movies&columns.7.dimension=2', "'columns.7.dimension' cannot be read"],
    ['#lab=movies&colums=2', "'colums' cannot be read"],
    ['#lab=movies&columns=*W3sidHlw', "'columns' cannot be read"],
    ['#lab=movies&columns=*%%%', "'columns' cannot be read"],
    ['#lab=movies&__proto__.polluted=1', 'cannot be read'],
    ['#lab=movies&view.x=-1', 'x: This must be at least 0'],
    ['#lab=movies&view.z=1', "'view.z' cannot be read"],
    ['#lab=movies&view.sweep=3', "'view.sweep' cannot be read"],
    ['#lab=movies&view.sweep.vaules=1,2', "'view.sweep.vaules' cannot be read"],
    ['#lab=movies&view.sweep.values=4', 'sweep.values: This needs at least 2 values to try'],
    ['#lab=movies&view.sweep.values=1,two', 'sweep.values.1: This must be a number'],
    ['#lab=movies&view.sweep.seeds=11', 'sweep.seeds: This must be at most 10'],
    ['#lab=dayHour&view.transfer.sizes=5,20', 'transfer.sizes.0: This must be at least 10'],
    ['#lab=dayHour&view.transfer.student=opera', 'transfer.student: This must be taxi or television'],
    [
      '#lab=dayHour&view.transfer.targets=trams',
      'transfer.targets.0: This must be cars or bike_members or bike_visitors',
    ],
    ['#eyJ2ZXJzaW9uIjoxfQ', 'cannot be read'],
    [`#lab=movies&seed=${'1'.repeat(300_000)}`, 'too long'],
    [`#${encodeExperiment(brought).slice(0, -25)}`, 'damaged'],
  ])('says what is wrong with %.60s', (hash, words) => {
    const decoded = decodeExperiment(hash)
    expect(decoded.ok === false && decoded.message).toContain(words)
    expect(decoded.ok === false && decoded.message).toMatch(/ (The default opened instead|The rest of it opened)\.$/)
    expect(experimentSchema.parse(decoded.experiment)).toEqual(decoded.experiment)
  })

  it.each([
    ['columns=*%%%', 'The default opened instead.', {}, {}],
    ['columns=*%%%&seed=7&view.x=1', 'The rest of it opened.', { seed: 7 }, { x: 1 }],
    ['batchSize=0&view.x=-1&stop.epochs=3', 'The rest of it opened.', { stop: { ...dayHour.stop, epochs: 3 } }, {}],
  ])('keeps the lab and what else can be read of %s', (rest, words, change, view) => {
    const decoded = decodeExperiment(`#lab=dayHour&${rest}`)
    expect(decoded).toMatchObject({ ok: false, experiment: { ...dayHour, ...change }, view })
    expect(decoded.ok === false && decoded.message).toContain(words)
  })

  it('keeps a file’s columns when one setting is damaged', () => {
    const decoded = decodeExperiment(
      encodeExperiment({ ...brought, batchSize: 256 }).replace('batchSize=256', 'batchSize=0'),
    )
    expect(decoded.ok).toBe(false)
    expect(decoded.experiment).toEqual({ ...brought, batchSize: 1024 })
  })
})
