import { decompress } from 'fzstd'
import { type ColumnData, parquetRead } from 'hyparquet'
import Papa from 'papaparse'
import { z } from 'zod'
import type { Airport, AirportsFile } from '../../src/data/builtin/builtinFiles'
import { regionOfState } from './regionOfState'
import { readVegaDataset } from './vegaDatasets'

/** Airports with fewer departures have too few flights in a sample of a tenth to find their place on the map. */
const fewestDepartures = 1000

type Pair = { origin: string; destination: string; flights: number }

/** Flights between each two airports that have at least 1,000 departures among themselves, and where those airports are. */
export async function buildAirports(): Promise<AirportsFile> {
  const pairs = keepBusy(await countPairs())
  const departures = new Map<string, number>()
  for (const { origin, flights } of pairs) departures.set(origin, (departures.get(origin) ?? 0) + flights)
  const places = readPlaces()
  const airports = [...departures]
    .sort(([a, flightsA], [b, flightsB]) => flightsB - flightsA || (a < b ? -1 : 1))
    .map(([iata, flights]): Airport => {
      const place = places.get(iata)
      if (!place) throw new Error(`airports.csv has no airport ${iata}.`)
      return { ...place, flights }
    })
  const position = new Map(airports.map(({ iata }, i) => [iata, i]))
  const flights = pairs
    .map(({ origin, destination, flights }): [number, number, number] => [
      position.get(origin)!,
      position.get(destination)!,
      flights,
    ])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
  return { version: 1, airports, flights }
}

/** Flights by origin and destination over all 3,000,000 rows of flights-3m.parquet. */
async function countPairs(): Promise<Pair[]> {
  const bytes = readVegaDataset('flights-3m.parquet')
  const origins: ColumnData[] = []
  const destinations: ColumnData[] = []
  await parquetRead({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    columns: ['origin', 'destination'],
    compressors: { ZSTD: (input, outputLength) => decompress(input, new Uint8Array(outputLength)) },
    onChunk: (chunk) => (chunk.columnName === 'origin' ? origins : destinations).push(chunk),
  })
  const counts = new Map<string, Pair>()
  for (const chunk of origins) {
    const partner = destinations.find(({ rowStart, rowEnd }) => rowStart === chunk.rowStart && rowEnd === chunk.rowEnd)
    if (!partner) throw new Error(`flights-3m.parquet: rows ${chunk.rowStart} to ${chunk.rowEnd} have no destination.`)
    for (let i = 0; i < chunk.columnData.length; i++) {
      const origin = String(chunk.columnData[i])
      const destination = String(partner.columnData[i])
      const pair = counts.get(origin + destination)
      if (pair) pair.flights++
      else counts.set(origin + destination, { origin, destination, flights: 1 })
    }
  }
  return [...counts.values()]
}

/** Leaves airports out until each of those left has enough departures to others that are left. */
function keepBusy(pairs: Pair[]): Pair[] {
  const departures = new Map<string, number>()
  for (const { origin, flights } of pairs) departures.set(origin, (departures.get(origin) ?? 0) + flights)
  const busy = (iata: string) => (departures.get(iata) ?? 0) >= fewestDepartures
  const kept = pairs.filter(({ origin, destination }) => busy(origin) && busy(destination))
  return kept.length === pairs.length ? kept : keepBusy(kept)
}

const placeSchema = z.object({
  iata: z.string(),
  name: z.string(),
  city: z.string(),
  state: z.string(),
  latitude: z.coerce.number(),
  longitude: z.coerce.number(),
})

function readPlaces(): Map<string, Omit<Airport, 'flights'>> {
  const text = readVegaDataset('airports.csv').toString('utf8')
  const { data, errors } = Papa.parse(text, { header: true, skipEmptyLines: true })
  if (errors[0]) throw new Error(`airports.csv: ${errors[0].message}`)
  const places = z.array(placeSchema).parse(data)
  return new Map(places.map((place) => [place.iata, { ...place, region: regionOfState(place.state) }]))
}
