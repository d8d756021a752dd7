import { CustomLab } from './customLab'
import { expect, test } from './fixtures'
import { forecastCode } from './forecastCode'

interface Forecast {
  when: string
  what: string
  steps: number
}

for (const { name, file, content, ...forecast } of [
  { name: 'a made-up series', file: 'sold.csv', content: soldByTheHour(), when: 'when', what: 'sold', steps: 150 },
  { name: 'I-94', file: 'tests/data/i94-traffic.csv.gz', when: 'date_time', what: 'traffic_volume', steps: 300 },
]) {
  test(`openData('yours') gives a model the file that was opened: ${name}, forecast against both baselines`, async ({
    page,
    playground,
  }) => {
    test.slow()
    await playground.open()
    await playground.dropFile(file, content)
    await playground.trainOnIt()
    const lab = new CustomLab(page)
    await page.getByRole('link', { name: 'Custom model' }).click()
    await expect(lab.editor).toBeVisible({ timeout: 20_000 })
    await forecastsBetter(lab, name, forecast)
    if (content !== undefined) await asksForAFile(lab)
  })
}

async function forecastsBetter(lab: CustomLab, name: string, forecast: Forecast): Promise<void> {
  await lab.write(forecastCode(forecast))
  await lab.run()
  await lab.until(`Done · step ${forecast.steps}`, 120_000)
  const errorOf = (guess: string) => lab.logged(new RegExp(`^RMSE of ${guess}: ([\\d.]+)`))
  const errors = {
    model: await errorOf('forecast'),
    hour: await errorOf('last hour'),
    week: await errorOf('last week'),
  }
  console.log(`${name}: ${JSON.stringify(errors)}`)
  expect(errors.model).toBeLessThan(0.8 * errors.hour)
  expect(errors.model).toBeLessThan(0.8 * errors.week)
  await expect(lab.results.getByRole('img', { name: /^Yours, forecast an hour ahead/ })).toBeVisible()
}

/** A page that was loaded anew has no file any more. */
async function asksForAFile(lab: CustomLab): Promise<void> {
  await lab.page.reload()
  await lab.run()
  await expect(lab.console.getByRole('alert')).toHaveText(/^Line 9: openData\('yours'\): open a file first/)
}

/** 20 weeks that follow the clock, with what one hour leaves to the next: neither the last hour nor the last week says it all. */
function soldByTheHour(): string {
  let left = 0
  let seed = 1
  const noise = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647 - 0.5
  }
  const lines = Array.from({ length: 20 * 168 }, (_, i) => {
    left = 0.85 * left + 40 * noise()
    const when = new Date(Date.UTC(2024, 0, 1, i)).toISOString().slice(0, 16).replace('T', ' ')
    return `${when},${Math.round(300 + 150 * Math.sin((i % 24) / 3.8) + left)}`
  })
  return `when,sold\n${lines.join('\n')}\n`
}
