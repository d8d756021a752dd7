import type { Entity, EntityAttribute } from '../table'
import type { Film } from './movieLensFilms'
import type { Ratings } from './movieLensRatings'

/**
 * What is known of the films that were rated, in the order of their first rating: title, the first two genres as listed
 * (alphabetically, in MovieLens), year, and from the ratings themselves how many there are and their mean.
 */
export function filmEntity(ratings: Ratings, films: Film[]): Entity {
  const known = new Map(films.map((film) => [film.id, film]))
  const { ids, counts, means } = ratingsPerFilm(ratings)
  const listed = ids.map((id) => known.get(id))
  return {
    column: 'film',
    index: new Map(ids.map((id, position) => [String(id), position])),
    labels: ids.map((id, position) => listed[position]?.title ?? `film ${id}`),
    attributes: [
      ...(films.length === 0 ? [] : filmAttributes(listed)),
      numbers('ratings', 'Number of ratings', null, counts),
      numbers('average_rating', 'Average rating', 'stars', means),
    ],
    colorBy: films.length === 0 ? 'average_rating' : 'genre',
    likeness: films.length === 0 ? [] : [{ kind: 'category', attribute: 'genre' }],
  }
}

function filmAttributes(films: (Film | undefined)[]): EntityAttribute[] {
  return [
    genre('genre', 'Genre (first listed)', films, 0),
    genre('second_genre', 'Genre (second listed)', films, 1),
    numbers(
      'year',
      'Year',
      null,
      Float32Array.from(films, (film) => film?.year ?? Number.NaN),
    ),
  ]
}

function genre(name: string, title: string, films: (Film | undefined)[], place: number): EntityAttribute {
  const categories = [...new Set(films.flatMap((film) => film?.genres[place] ?? []))].sort()
  const codes = Int16Array.from(films, (film) => categories.indexOf(film?.genres[place] ?? ''))
  return { kind: 'category', name, title, categories, ordered: false, codes }
}

function numbers(name: string, title: string, unit: string | null, values: Float32Array): EntityAttribute {
  return { kind: 'number', name, title, unit, values, probe: false }
}

/** Ids in the order of first occurrence, with the number and the mean of their ratings. */
function ratingsPerFilm({ film, rating }: Ratings): { ids: number[]; counts: Float32Array; means: Float32Array } {
  const positions = new Map<number, number>()
  const counts: number[] = []
  const sums: number[] = []
  for (let row = 0; row < film.length; row++) {
    const id = film[row]!
    let position = positions.get(id)
    if (position === undefined) {
      position = positions.size
      positions.set(id, position)
      counts.push(0)
      sums.push(0)
    }
    counts[position]!++
    sums[position]! += rating[row]!
  }
  return {
    ids: [...positions.keys()],
    counts: Float32Array.from(counts),
    means: Float32Array.from(sums, (sum, i) => sum / counts[i]!),
  }
}
