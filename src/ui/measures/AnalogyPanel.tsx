import { useEffect, useMemo, useState } from 'react'
import { analogyRows } from '../../geometry/analogy'
import type { Similarity } from '../../geometry/nearest'
import { memoizeLast } from '../../lib/memoizeLast'
import { type MapData, type Neighbor, selectMapData, selectSimilarity } from '../../store/selectors'
import { useAppStore } from '../useApp'
import { useThrottled } from '../useThrottled'
import { exampleAnalogy, type Terms } from './exampleAnalogy'
import classes from './measures.module.css'
import { formatMetric } from './metricTitles'
import { PointField } from './PointField'
import { Section } from './Section'

const ANSWERS = 5
const NONE: Neighbor[] = []
const NO_TERMS: Terms = { a: null, b: null, c: null }

/** b is to a as c is to what? The answers are marked on the map while this is open. */
export function AnalogyPanel() {
  const points = useAppStore((s) => s.points)
  const similarity = useAppStore(selectSimilarity)
  const select = useAppStore((s) => s.select)
  const [chosen, setChosen] = useState<Terms | null>(null)
  const terms = useMemo(() => chosen ?? (points ? exampleAnalogy(points) : null), [chosen, points])
  const find = useMemo(() => memoizeLast(answersOf), [])
  const answers = useThrottled((s) => find(selectMapData(s), terms, similarity), 250)
  useMarks(terms, answers)
  if (!points || !terms) return null
  const field = (name: keyof Terms, label: string) => (
    <PointField
      label={label}
      points={points}
      chosen={terms[name]}
      onChoose={(key) => setChosen({ ...terms, [name]: key })}
    />
  )
  const nameOf = (key: string | null) => (key === null ? '…' : (points.labels[points.keys.indexOf(key)] ?? key))
  return (
    <Section title="Analogies">
      <div className={classes.terms}>
        {field('a', 'a')}
        {field('b', '− b')}
        {field('c', '+ c')}
      </div>
      <p className={classes.quiet}>
        As {nameOf(terms.b)} is to {nameOf(terms.a)}, so is {nameOf(terms.c)} to what lies nearest to a − b + c:
      </p>
      <ol className={classes.list} aria-label="Nearest to a − b + c">
        {answers.map(({ key, label, score }) => (
          <li key={key}>
            <button type="button" className={classes.entry} onClick={() => select(key)}>
              <span className={classes.name}>{label}</span>
              <span className={classes.value}>{formatMetric(score, similarity === 'euclidean' ? 3 : 2)}</span>
            </button>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function answersOf(data: MapData | null, terms: Terms | null, similarity: Similarity): Neighbor[] {
  if (!data || !terms) return NONE
  const { points, snapshot } = data
  const [a, b, c] = [terms.a, terms.b, terms.c].map((key) => (key === null ? -1 : points.keys.indexOf(key)))
  if (a === undefined || b === undefined || c === undefined || Math.min(a, b, c) < 0) return NONE
  const { vectors, rows, dimension } = snapshot
  const trained = Uint8Array.from(points.counts, (count) => Math.min(1, count))
  const found = analogyRows(vectors, rows, dimension, { a, b, c }, ANSWERS, similarity, trained)
  return Array.from(found.rows, (row, i) => ({
    row,
    key: points.keys[row]!,
    label: points.labels[row]!,
    score: found.scores[i]!,
  }))
}

/** The three and their answers, with the two sides that are alike. */
function useMarks(terms: Terms | null, answers: Neighbor[]): void {
  const { a, b, c } = terms ?? NO_TERMS
  const setView = useAppStore((s) => s.setView)
  const answerKeys = answers.map(({ key }) => key).join('\n')
  useEffect(() => {
    if (a === null || b === null || c === null || answerKeys === '') return setView({ marks: null })
    const found = answerKeys.split('\n')
    const paths: [string, string][] = [
      [b, a],
      [c, found[0]!],
    ]
    setView({ marks: { keys: [a, b, c, ...found], paths } })
  }, [a, b, c, answerKeys, setView])
  useEffect(() => () => setView({ marks: null }), [setView])
}
