import { NativeSelect } from '@mantine/core'
import { selectNeighbors, selectSelectedRow } from '../../store/selectors'
import type { Store } from '../../store/slice'
import type { Similarity } from '../../store/viewSlice'
import { useAppStore } from '../useApp'
import { useThrottled } from '../useThrottled'
import classes from './measures.module.css'
import { formatMetric } from './metricTitles'
import { Section } from './Section'

const similarities: { value: Similarity; label: string }[] = [
  { value: 'cosine', label: 'cosine' },
  { value: 'euclidean', label: 'distance' },
  { value: 'dot', label: 'dot product' },
]

function selectTitle(state: Store): string | null {
  return state.points?.labels[selectSelectedRow(state)] ?? null
}

/** The nearest points of the selected one in the whole space of its table. */
export function NeighborList() {
  const title = useAppStore(selectTitle)
  const similarity = useAppStore((s) => s.similarity)
  const count = useAppStore((s) => s.neighborCount)
  const setView = useAppStore((s) => s.setView)
  const select = useAppStore((s) => s.select)
  const neighbors = useThrottled(selectNeighbors, 150)
  return (
    <Section
      title={title === null ? 'Nearest points' : `Nearest to ${title}`}
      aside={
        <>
          <NativeSelect
            aria-label="Similarity"
            data={similarities}
            value={similarity}
            onChange={(event) => {
              const chosen = similarities.find(({ value }) => value === event.currentTarget.value)
              if (chosen) setView({ similarity: chosen.value })
            }}
          />
          <NativeSelect
            aria-label="How many neighbours"
            data={['5', '8', '12', '20']}
            value={String(count)}
            onChange={(event) => setView({ neighborCount: Number(event.currentTarget.value) })}
          />
        </>
      }
    >
      {title === null ? (
        <p className={classes.quiet}>Click a point, or find one by its name, to see what lies near it.</p>
      ) : (
        <ol className={classes.list}>
          {neighbors.map(({ row, key, label, score }) => (
            <li key={key}>
              <button
                type="button"
                className={classes.entry}
                onClick={() => select(key)}
                onPointerEnter={() => setView({ hoveredRow: row })}
                onPointerLeave={() => setView({ hoveredRow: null })}
              >
                <span className={classes.name}>{label}</span>
                <span className={classes.value}>{formatMetric(score, 2)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
