import { beforeAll, describe, expect, it } from 'vitest'
import { forecastSeries } from '../bench/estimator/timeSeries'
import { drawnSeries, i94Series } from '../bench/estimator/trafficSeries'
import { useBackend as startBackend } from '../src/model/backends'
import { i94Csv } from './sharedData'

/** The research paper's model on series of its own kind, held to a margin. docs/results.md has the figures of a longer training. */
beforeAll(() => startBackend('wasm', { wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' }))
const minutes = (count: number) => ({ timeout: count * 60_000 })
const options = { inputs: 12, units: 12, steps: 250, learningRate: 0.02, testShare: 0.2 }

describe('the time-series regressor', () => {
  it('forecasts I-94 a third better than the last hour and than the same hour last week', minutes(4), async () => {
    const { lstm, lastHour, lastWeek, evaluations } = await forecastSeries(
      (await i94Series('tests/data/i94-traffic.csv.gz')).slice(-20_000),
      options,
    )
    expect(lstm).toBeLessThan((2 / 3) * lastHour)
    expect(lstm).toBeLessThan((2 / 3) * lastWeek)
    expect(evaluations.map(({ step }) => step)).toEqual([50, 100, 150, 200, 250])
    expect(evaluations.at(-1)!.rmse).toBeLessThan(evaluations[0]!.rmse)
  })

  it('forecasts hours drawn from the measured profile better than either', minutes(4), async () => {
    const { lstm, lastHour, lastWeek } = await forecastSeries((await drawnSeries()).slice(0, 12_000), options)
    expect(lstm).toBeLessThan(0.8 * lastHour)
    expect(lstm).toBeLessThan(lastWeek)
  })

  it.skipIf(!i94Csv)('reads the file that people bring as it reads the copy', async () => {
    expect(await i94Series(i94Csv!)).toEqual(await i94Series('tests/data/i94-traffic.csv.gz'))
  })
})
