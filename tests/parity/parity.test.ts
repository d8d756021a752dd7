import { beforeAll, describe, expect, it } from 'vitest'
import answers from '../goldens/columnCodeAnswers.json'
import properties from '../goldens/properties.json'
import golden from '../goldens/tensorflow-feature-columns.json'
import { shownCode } from './codeColumns'
import { columnProperties } from './columnProperties'
import { denseProperties } from './denseProperties'
import { goldenColumns } from './goldenColumns'
import { goldenHashes } from './goldenHashes'
import { kerasLayers } from './kerasLayers'
import { optimizerTraces } from './optimizerTraces'
import { parityPage } from './parityPage'
import type { ParityRow } from './parityRow'

const columns = [...goldenHashes(), ...goldenColumns(), ...columnProperties(), ...denseProperties(), ...kerasLayers()]
const show = ({ part, golden, what }: ParityRow) => `${part}: ${golden}, ${what}`

describe('what TensorFlow and Keras answer', () => {
  let optimizers: ParityRow[] = []
  beforeAll(async () => {
    optimizers = await optimizerTraces()
  })

  it.each(columns.map((row) => [show(row), row] as const))('%s', (_, { count, difference, tolerance }) => {
    expect(count).toBeGreaterThan(0)
    expect(difference).toBeLessThanOrEqual(tolerance)
  })

  it('is followed by the optimizers, step by step', () => {
    expect(optimizers).toHaveLength(23)
    for (const row of optimizers) expect(row.difference, show(row)).toBeLessThanOrEqual(row.tolerance)
  })

  it('is compared in full: no answer of the goldens is left out', () => {
    const compared = new Set([...columns, ...optimizers].map((row) => row.golden))
    // Of an indicator TensorFlow drops a number beyond the buckets without a word; ours is an error, as for an embedding.
    const named = ['_made_with', 'identity_nodefault_oor', ...compared]
    const given = [...Object.keys(golden), ...Object.keys(properties)]
    expect(given.filter((name) => !named.includes(name))).toEqual([])
  })

  it('includes every value kind 10,000 times', () => {
    const random = columns.filter(
      ({ golden, part }) => Object.hasOwn(properties, golden) && ['Columns', 'Crosses'].includes(part),
    )
    expect(random).toHaveLength(20)
    for (const row of random) expect(row.count, show(row)).toBeGreaterThanOrEqual(10_000)
  })

  it('is what the code ran that the page shows: after a change, tests/goldens/run_column_code.py runs it again', async () => {
    await expect(`${JSON.stringify(shownCode, null, 1)}\n`).toMatchFileSnapshot('../goldens/columnCode.json')
    const ran = Object.entries(answers).flatMap(([kind, answer]) => {
      if (!('values' in answer)) return []
      return [[kind, { tensorflow: answer.tensorflow, keras: answer.keras, shift: answer.shift }]]
    })
    const shown = Object.entries(shownCode).map(([kind, { tensorflow, keras, shift }]) => [
      kind,
      { tensorflow, keras, shift },
    ])
    expect(ran).toEqual(shown)
  })

  it('stands in docs/tensorflow-parity.md', async () => {
    const page = parityPage([...columns, ...optimizers], golden._made_with)
    await expect(page).toMatchFileSnapshot('../../docs/tensorflow-parity.md')
  })
})
