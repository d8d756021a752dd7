import { Button, NativeSelect } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { selectNeighbors, selectSelectedRow, selectSimilarity } from '../../store/selectors'
import type { Store } from '../../store/slice'
import type { Similarity } from '../../store/viewSlice'
import { pointFacts } from '../map/pointFacts'
import { useAppStore } from '../useApp'
import { useThrottled } from '../useThrottled'
import classes from './measures.module.css'
import { formatMetric } from './metricTitles'
import { Section } from './Section'

const NeighborReason = lazy(async () => ({ default: (await import('./NeighborReason')).NeighborReason }))
const AnalogyPanel = lazy(async () => ({ default: (await import('./AnalogyPanel')).AnalogyPanel }))
const DirectionPanel = lazy(async () => ({ default: (await import('./DirectionPanel')).DirectionPanel }))

const similarities: { value: Similarity; label: string }[] = [
  { value: 'cosine', label: 'cosine' },
  { value: 'euclidean', label: 'distance' },
  { value: 'dot', label: 'dot product' },
]

function selectTitle(state: Store): string | null {
  return state.points?.labels[selectSelectedRow(state)] ?? null
}

/** `G · Adventure · 1999`: the first facts of the selected point, short ones. */
function selectFacts(state: Store): string {
  const row = selectSelectedRow(state)
  if (!state.points || row < 0) return ''
  return pointFacts(state.points, row)
    .map(({ text }) => text)
    .slice(0, 3)
    .join(' · ')
}

/** The nearest points of the selected one in the whole space of its table. */
export function NeighborList() {
  const title = useAppStore(selectTitle)
  const facts = useAppStore(selectFacts)
  const similarity = useAppStore(selectSimilarity)
  const count = useAppStore((s) => s.neighborCount)
  const setView = useAppStore((s) => s.setView)
  const select = useAppStore((s) => s.select)
  const neighbors = useThrottled(selectNeighbors, 250)
  return (
    <Section
      title="Nearest points"
      aside={
        <>
          <NativeSelect
            className={classes.similarity}
            aria-label="Similarity"
            rightSectionWidth={22}
            data={similarities}
            value={similarity}
            onChange={(event) => {
              const chosen = similarities.find(({ value }) => value === event.currentTarget.value)
              if (chosen) setView({ similarity: chosen.value })
            }}
          />
          <NativeSelect
            className={classes.count}
            aria-label="How many neighbours"
            rightSectionWidth={22}
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
        <>
          <p>
            <strong>{title}</strong> <span className={classes.quiet}>{facts}</span>
          </p>
          <ol className={classes.list} aria-label={`Nearest to ${title}`}>
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
                  <span className={classes.value}>{formatMetric(score, similarity === 'euclidean' ? 3 : 2)}</span>
                  <Suspense fallback={<span className={classes.reason}>&nbsp;</span>}>
                    <NeighborReason row={row} />
                  </Suspense>
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
      <Questions />
    </Section>
  )
}

const questions = [
  { name: 'analogy', label: 'Analogies' },
  { name: 'direction', label: 'A direction' },
] as const

/** Opens what else can be asked of the vectors. */
function Questions() {
  const exploring = useAppStore((s) => s.exploring)
  const setView = useAppStore((s) => s.setView)
  return (
    <div className={classes.questions}>
      {questions.map(({ name, label }) => (
        <Button
          key={name}
          size="compact-xs"
          variant={exploring === name ? 'light' : 'default'}
          aria-expanded={exploring === name}
          onClick={() => setView({ exploring: exploring === name ? null : name })}
        >
          {label}
        </Button>
      ))}
      <Button
        size="compact-xs"
        leftSection={<IconSchool size={14} stroke={1.8} />}
        aria-label="Lesson on similarity"
        onClick={() => setView({ lessonName: 'similarity', lessonStep: 0 })}
      >
        Lesson
      </Button>
      <Suspense fallback={null}>
        {exploring === 'analogy' && <AnalogyPanel />}
        {exploring === 'direction' && <DirectionPanel />}
      </Suspense>
    </div>
  )
}
