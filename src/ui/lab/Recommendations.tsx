import type { PointsInfo, TrainerEvent } from '../../protocol/trainer'
import { selectPoint } from '../../store/gridSelectors'
import measures from '../measures/measures.module.css'
import { useApp, useAppStore } from '../useApp'
import classes from './lab.module.css'
import type { Answer } from './useRepeatedAnswer'
import { withinRange } from './withinRange'

const MOST = 6

interface Props {
  title: string
  answer: Answer<Extract<TrainerEvent, { type: 'recommended' }>>
  items: PointsInfo | null
}

/** The items with the highest predictions; a click selects one on the map. */
export function Recommendations({ title, answer, items }: Props) {
  const { store } = useApp()
  const target = useAppStore((s) =>
    s.experiment.label.task === 'regression' ? s.experiment.label.targets[0]?.column : undefined,
  )
  const column = useAppStore((s) => s.summary?.columns.find(({ name }) => name === target) ?? null)
  if (answer.fault !== null) return <p className={classes.fault}>{answer.fault}</p>
  if (!answer.value) return <p className={classes.quiet}>The model answers as soon as it is ready.</p>
  return (
    <div>
      <h3 className={classes.sub}>{title}</h3>
      <ol className={measures.list}>
        {answer.value.items.slice(0, MOST).map(({ item, label, score }) => (
          <li key={item}>
            <button
              type="button"
              className={measures.entry}
              onClick={() => {
                const state = store.getState()
                if (items && state.points?.table !== items.table) state.watchTable(items.table)
                selectPoint(store.getState(), item)
              }}
            >
              <span className={measures.name}>{label}</span>
              <span className={measures.value}>{withinRange(score, column).toFixed(2)} ★</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}
