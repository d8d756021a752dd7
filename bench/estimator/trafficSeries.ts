import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { loadBuiltin } from '../../src/data/builtin/loadBuiltin'

const HOUR_MS = 3_600_000

/** Cars an hour on I-94 from the file (CSV, or gzipped), hour after hour, each once; NaN = not measured. */
export async function i94Series(path: string): Promise<Float32Array> {
  const bytes = await readFile(path)
  const [head = '', ...lines] = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split('\n')
  const names = head.trim().split(',')
  const [date, volume] = [names.indexOf('date_time'), names.indexOf('traffic_volume')]
  const measured = lines.map((line) => {
    const cells = line.split(',')
    return { hour: Date.parse(`${cells[date]!.replace(' ', 'T')}Z`) / HOUR_MS, cars: Number(cells[volume]) }
  })
  const first = measured[0]!.hour
  const series = new Float32Array(measured.at(-1)!.hour - first + 1).fill(Number.NaN)
  for (const { hour, cars } of measured) series[hour - first] = cars
  return series
}

/** Cars an hour drawn from the measured weekly profile: 200 weeks, as the Day × hour lab has them. */
export async function drawnSeries(): Promise<Float32Array> {
  const read = async (path: string) => new Uint8Array(await readFile(`public/${path}`)).buffer
  const { table } = await loadBuiltin('dayHour', read)
  const cars = table.columns.find(({ name }) => name === 'cars')
  if (cars?.type !== 'integer') throw new Error('The Day × hour data has no cars.')
  return Float32Array.from(cars.values)
}
