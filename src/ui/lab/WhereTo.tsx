import { useMemo } from 'react'
import { selectPoint } from '../../store/gridSelectors'
import { selectSelectedRow } from '../../store/selectors'
import measures from '../measures/measures.module.css'
import { Section } from '../measures/Section'
import { useApp, useAppStore } from '../useApp'
import { formatPercent } from './AnswerList'
import { featureKeys } from './featureKeys'
import classes from './lab.module.css'
import { usePrediction } from './usePrediction'

const MOST = 8

/** The likeliest classes for the selected point of a model with one feature: where flights from an airport go. */
export function WhereTo() {
  const { store } = useApp()
  const keys = useAppStore((s) => featureKeys(s.run?.experiment.columns ?? []))
  const target = useAppStore((s) => (s.experiment.label.task === 'multiclass' ? s.experiment.label.column : ''))
  const key = useAppStore((s) => (selectSelectedRow(s) < 0 ? null : s.selectedKey))
  const label = useAppStore((s) => s.points?.labels[selectSelectedRow(s)] ?? '')
  const isFlights = useAppStore((s) => s.experiment.dataset.name === 'airports')
  const [column] = keys
  const values = useMemo(
    () => (column !== undefined && key !== null && keys.length === 1 ? { [column]: key } : null),
    [column, key, keys],
  )
  const answer = usePrediction(values)
  const place = key === null ? 'here' : label
  const name = target.replaceAll('_', ' ')
  return (
    <Section
      title={
        isFlights
          ? `Where do flights from ${place} go?`
          : key === null
            ? `Predicted ${name}`
            : `Predicted ${name} for ${label}`
      }
    >
      {key === null && (
        <p className={classes.quiet}>Select a point: the model lists what it expects, likeliest first.</p>
      )}
      {answer.fault !== null && <p className={classes.fault}>{answer.fault}</p>}
      {key !== null && answer.value && (
        <ol className={measures.list}>
          {answer.value.slice(0, MOST).map(({ name: found, value }) => (
            <li key={found}>
              <button type="button" className={measures.entry} onClick={() => selectNamed(found)}>
                <span className={measures.name}>{found}</span>
                <span className={measures.value}>{formatPercent(value)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )

  function selectNamed(name: string): void {
    const { points } = store.getState()
    const found = points?.keys[points.labels.indexOf(name)]
    if (found !== undefined) selectPoint(store.getState(), found)
  }
}
