import { createRandom } from '../../lib/random'
import type { Column, DataSet, Entity } from '../table'
import { type Airport, type AirportsFile, airportsFileSchema } from './builtinFiles'
import { categoryAttribute } from './categoryAttribute'
import { describeColumn, sampleRows } from './describeColumn'

const sampledFlights = 300_000
const seed = 2001

/** 300,000 real flights, one a row, drawn from the counts of all flights between two airports; the airports' places go with it. */
export function loadAirports(file: unknown): DataSet {
  const { airports, flights } = airportsFileSchema.parse(file)
  const total = flights.reduce((sum, [, , count]) => sum + count, 0)
  const rowCount = Math.min(sampledFlights, total)
  const { origins, destinations } = sampleFlights(flights, total, rowCount)
  const codes = airports.map(({ iata }) => iata)
  const columns: Column[] = [
    { name: 'origin', type: 'string', codes: origins, values: codes },
    { name: 'destination', type: 'string', codes: destinations, values: codes },
  ]
  return {
    table: { name: 'airports', rowCount, columns },
    entities: columns.map(({ name }) => airportEntity(name, airports)),
    summary: {
      name: 'airports',
      title: 'Airports',
      fingerprint: 'builtin-airports-1',
      rowCount,
      columns: columns.map((column) => describeColumn(column, { unit: 'airport' })),
      sampleRows: sampleRows(columns),
      nature: 'measured',
      natureText:
        `Real flights in the United States, January to June 2001, one a row: where from, where to. A random sample of ${count(rowCount)} ` +
        `of the ${count(total)} flights between the ${airports.length} airports with at least 1,000 departures. ` +
        'The page ships how often each pair was flown and draws the sample from that.',
      source:
        'US Bureau of Transportation Statistics, on-time performance (flights-3m.parquet), and Data.gov, airports (airports.csv), both from the npm package vega-datasets 3.2.1.',
      licence: 'Public records of the US government; vega-datasets: BSD-3-Clause',
      kind: 'table',
      warnings: [],
    },
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

/** Each flight once at most, in random order: flights are numbered through all pairs, and numbers drawn until enough are new. */
function sampleFlights(flights: AirportsFile['flights'], total: number, wanted: number) {
  const random = createRandom(seed, 'sample')
  const firstOfPair = cumulate(flights)
  const seen = new Uint8Array(total)
  const origins = new Int32Array(wanted)
  const destinations = new Int32Array(wanted)
  for (let taken = 0; taken < wanted; ) {
    const flight = random.integer(total)
    if (seen[flight]) continue
    seen[flight] = 1
    const [origin, destination] = flights[pairOf(flight, firstOfPair)]!
    origins[taken] = origin
    destinations[taken] = destination
    taken++
  }
  return { origins, destinations }
}

/** Number of the first flight of each pair. */
function cumulate(flights: AirportsFile['flights']): Uint32Array {
  const first = new Uint32Array(flights.length)
  for (let pair = 1; pair < flights.length; pair++) first[pair] = first[pair - 1]! + flights[pair - 1]![2]
  return first
}

/** Last pair whose first flight is not after this one (binary search). */
function pairOf(flight: number, firstOfPair: Uint32Array): number {
  let low = 0
  let high = firstOfPair.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (firstOfPair[middle]! <= flight) low = middle
    else high = middle - 1
  }
  return low
}

function airportEntity(column: string, airports: Airport[]): Entity {
  const number = (name: string, title: string, unit: string | null, values: number[], probe: boolean) =>
    ({ kind: 'number', name, title, unit, values: Float32Array.from(values), probe }) as const
  return {
    column,
    index: new Map(airports.map(({ iata }, i) => [iata, i])),
    labels: airports.map(({ iata, city }) => `${iata} ${city}`),
    attributes: [
      number(
        'longitude',
        'longitude',
        'degrees east',
        airports.map(({ longitude }) => longitude),
        true,
      ),
      number(
        'latitude',
        'latitude',
        'degrees north',
        airports.map(({ latitude }) => latitude),
        true,
      ),
      categoryAttribute(
        'region',
        'region',
        airports.map(({ region }) => region),
      ),
      categoryAttribute(
        'state',
        'state',
        airports.map(({ state }) => state),
      ),
      number(
        'flights',
        'departures, January to June 2001',
        'flights',
        airports.map(({ flights }) => flights),
        false,
      ),
    ],
    colorBy: 'longitude',
    likeness: [{ kind: 'place', latitude: 'latitude', longitude: 'longitude', km: 500 }],
  }
}
