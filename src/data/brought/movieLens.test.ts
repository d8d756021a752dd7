import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { movieLensZip, noMovieLens } from '../../../tests/movielens'
import { fileFrom } from '../../../tests/sharedData'
import { DataError, type DataSet } from '../table'
import { openFiles } from './openFiles'

const utf8 = (text: string) => new TextEncoder().encode(text)
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

const open = (files: Record<string, Uint8Array>) =>
  openFiles(
    Object.entries(files).map(([name, content]) => new File([content.slice()], name)),
    { dateOrders: {}, onProgress: () => undefined },
  )

const RATINGS_CSV = utf8('userId,movieId,rating,timestamp\n1,17,4.0,964982703\n1,5,0.5,964982703\n9,17,5.0,1\n')
const MOVIES_CSV = utf8(
  'movieId,title,genres\n5,"Misérables, Les (1995)",Drama|War\n17,Babylon 5,(no genres listed)\n99,Never Rated (2000),Comedy\n',
)
const flags = (...set: number[]) => Array.from({ length: 19 }, (_, i) => (set.includes(i) ? 1 : 0)).join('|')
const U_DATA = utf8('1\t17\t4\t881250949\n1\t5\t1\t881250949\n9\t17\t5\t881250949\n')
const U_ITEM = latin1(
  `5|Mis\xE9rables, Les (1995)|01-Jan-1995||http://x|${flags(8, 17)}\n17|Babylon 5|08-Mar-1996||http://x|${flags(0)}\n`,
)
const RATINGS_DAT = utf8('1::17::4::978300760\n1::5::1::978300760\n9::17::5::978300760\n')
const MOVIES_DAT = latin1("5::Mis\xE9rables, Les (1995)::Drama|War\n17::Babylon 5::Children's\n")

function values(data: DataSet): Record<string, number[]> {
  return Object.fromEntries(
    data.table.columns.map((column) => [column.name, column.type === 'string' ? [] : [...column.values]]),
  )
}

function attribute(data: DataSet, name: string): (string | number | null)[] {
  const found = data.entities[0]?.attributes.find((attribute) => attribute.name === name)
  if (found === undefined) throw new Error(`No attribute ${name}`)
  if (found.kind === 'number') return [...found.values].map((value) => (Number.isNaN(value) ? null : value))
  return [...found.codes].map((code) => found.categories[code] ?? null)
}

const forms: Record<string, Record<string, Uint8Array>> = {
  'a zip in the layout of latest-small, 25M and 32M': {
    'ml-25m.zip': zipSync({
      'ml-25m/tags.csv': utf8('userId,movieId,tag,timestamp\n1,1,x,1\n'),
      'ml-25m/ratings.csv': RATINGS_CSV,
      'ml-25m/movies.csv': MOVIES_CSV,
      'ml-25m/README.txt': utf8('About.'),
    }),
  },
  'loose ratings.csv and movies.csv': { 'movies.csv': MOVIES_CSV, 'ratings.csv': RATINGS_CSV },
  'ML-100K, loose': { 'u.data': U_DATA, 'u.item': U_ITEM },
  'ML-100K, zipped': {
    'ml-100k.zip': zipSync({ 'ml-100k/u.data': U_DATA, 'ml-100k/u.item': U_ITEM, 'ml-100k/u1.base': U_DATA }),
  },
  'ML-1M, loose': { 'ratings.dat': RATINGS_DAT, 'movies.dat': MOVIES_DAT, 'users.dat': utf8('1::F::1::10::48067\n') },
  'ML-1M, zipped': { 'ml-1m.zip': zipSync({ 'ml-1m/movies.dat': MOVIES_DAT, 'ml-1m/ratings.dat': RATINGS_DAT }) },
}

describe('MovieLens', () => {
  for (const [form, files] of Object.entries(forms)) {
    it(`is recognized as ${form}`, async () => {
      const data = await open(files)
      expect(data.summary.kind).toBe('ratings')
      expect(values(data)).toMatchObject({ user: [1, 1, 9], film: [17, 5, 17] })
      expect(values(data).rating?.[2]).toBe(5)
      const entity = data.entities[0]
      expect(entity).toMatchObject({
        column: 'film',
        labels: ['Babylon 5', 'Misérables, Les (1995)'],
        colorBy: 'genre',
      })
      expect(entity?.index.get('5')).toBe(1)
      expect(attribute(data, 'genre')[1]).toBe('Drama')
      expect(attribute(data, 'second_genre')[1]).toBe('War')
      expect(attribute(data, 'year')[1]).toBe(1995)
      expect(attribute(data, 'ratings')).toEqual([2, 1])
    })
  }

  it('says what it is, and that it stays here', async () => {
    const { summary } = await open(forms['loose ratings.csv and movies.csv']!)
    expect(summary.licence).toBe('GroupLens usage licence: research use; stays on your machine')
    expect(summary.columns.map(({ name, unit, distinct }) => [name, unit, distinct])).toEqual([
      ['user', null, 2],
      ['film', null, 2],
      ['rating', 'stars', 3],
      ['timestamp', 'Unix seconds', 2],
    ])
    expect(summary.sampleRows[1]).toEqual(['1', '5 · Misérables, Les (1995)', '0.5', '964982703'])
    expect(summary).toMatchObject({ source: 'ratings.csv + movies.csv', title: 'ratings + movies' })
  })

  it('goes by the files that it reads, whatever lies beside them', async () => {
    const two = await open({ 'movies.csv': MOVIES_CSV, 'ratings.csv': RATINGS_CSV })
    const more = await open({ 'tags.csv': utf8('a'), 'ratings.csv': RATINGS_CSV, 'movies.csv': MOVIES_CSV })
    expect(more.summary).toEqual(two.summary)
    expect((await open({ 'ratings.csv': RATINGS_CSV })).summary.fingerprint).not.toBe(two.summary.fingerprint)
  })

  it('goes without titles, and says how to get them', async () => {
    const data = await open({ 'ratings.csv': RATINGS_CSV })
    expect(data.entities[0]).toMatchObject({ labels: ['film 17', 'film 5'], colorBy: 'average_rating' })
    expect(data.summary.warnings.join()).toContain('drop movies.csv together with ratings.csv')
    expect(attribute(data, 'average_rating')).toEqual([4.5, 0.5])
  })

  it('reads when a rating was given, unless a row does not say', async () => {
    expect(values(await open({ 'ratings.csv': RATINGS_CSV })).timestamp).toEqual([964982703, 964982703, 1])
    const some = await open({ 'ratings.csv': utf8('userId,movieId,rating,timestamp\n1,17,4.0,964982703\n1,5,0.5\n') })
    expect(Object.keys(values(some))).toEqual(['user', 'film', 'rating'])
    expect(some.summary.warnings.join()).toContain('the times are left out')
  })

  it('takes the year of ML-100K from the release date where the title has none', async () => {
    expect(attribute(await open({ 'u.data': U_DATA, 'u.item': U_ITEM }), 'year')).toEqual([1996, 1995])
  })

  it('reads a ratings.csv of another shape as a table', async () => {
    const data = await open({ 'ratings.csv': utf8('reviewer,book,score\na,b,3\na,c,4\n') })
    expect(data.table.columns.map((column) => column.name)).toEqual(['reviewer', 'book', 'score'])
  })

  it('names file, row and column of a fault', async () => {
    const faults: [string, string, object][] = [
      ['ratings.csv', 'userId,movieId,rating,timestamp\n1,2,4,1\n1,2\n', { row: 3, column: 'rating' }],
      ['ratings.csv', 'userId,movieId,rating,timestamp\n1,2,four,1\n', { row: 2, column: 'rating' }],
      ['ratings.dat', '1::2::3::4\nx::2::3::4\n', { row: 2, column: 'user' }],
      ['u.data', '1\t2\t3\t4\n1\t2.5\t3\t4\n', { row: 2, column: 'film' }],
    ]
    for (const [name, text, where] of faults) {
      const error = await open({ [name]: utf8(text) }).then(
        () => null,
        (error: unknown) => error,
      )
      expect(error, text).toBeInstanceOf(DataError)
      if (error instanceof DataError) expect(error.where).toEqual({ file: name, ...where })
    }
    await expect(open({ 'ratings.dat': RATINGS_DAT, 'movies.dat': utf8('1::x\n') })).rejects.toThrow(
      'Row 1: a film has three fields',
    )
  })

  it.skipIf(movieLensZip === null)(`reads the real latest-small (${noMovieLens})`, async () => {
    const data = await openFiles([await fileFrom(movieLensZip ?? '')], { dateOrders: {}, onProgress: () => undefined })
    expect(data.summary.rowCount).toBe(100_836)
    expect(data.summary.columns.map((column) => column.distinct)).toEqual([610, 9724, 10, 85_043])
    const film = data.entities[0]
    const at = film?.index.get('318') ?? -1
    expect(film?.labels[at]).toBe('Shawshank Redemption, The (1994)')
    expect(attribute(data, 'ratings')[at]).toBe(317)
    expect(attribute(data, 'year')[at]).toBe(1994)
    const mean = values(data).rating!.reduce((sum, rating) => sum + rating, 0) / 100_836
    expect(mean).toBeCloseTo(3.50156, 5)
  })
})
