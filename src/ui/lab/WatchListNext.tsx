import { useMemo } from 'react'
import type { Recommendation } from '../../protocol/trainer'
import measures from '../measures/measures.module.css'
import { useApp } from '../useApp'
import { formatPercent } from './AnswerList'
import classes from './lab.module.css'
import { useRepeatedAnswer } from './useRepeatedAnswer'
import watch from './watchList.module.css'

const SHOWN = 6
/** As many as Recall@10 looks at. */
const COMPARED = 10

interface Props {
  watched: string[]
  onAdd(key: string): void
}

/** What the model puts next, beside what is popular whatever the list; a click puts it on the list. */
export function WatchListNext({ watched, onAdd }: Props) {
  const { ask } = useApp()
  const question = useMemo(() => () => ask({ type: 'recommendNext', watched }), [ask, watched])
  const { value, fault } = useRepeatedAnswer(question)
  if (fault !== null) return <p className={classes.fault}>{fault}</p>
  if (!value) return <p className={classes.quiet}>The model answers as soon as it is ready.</p>
  const popular = new Set(value.popular.slice(0, COMPARED).map(({ item }) => item))
  const own = value.items.slice(0, COMPARED).filter(({ item }) => !popular.has(item)).length
  return (
    <>
      <Ranked title="Next, by the model" unit="chance to be next" items={value.items} onAdd={onAdd} />
      <p className={classes.quiet}>
        {own} of its first {COMPARED} are not among the {COMPARED} most popular.
      </p>
      <Ranked title="The most popular" unit="share of lists" items={value.popular} onAdd={onAdd} />
    </>
  )
}

interface RankedProps {
  title: string
  unit: string
  items: Recommendation[]
  onAdd(key: string): void
}

function Ranked({ title, unit, items, onAdd }: RankedProps) {
  return (
    <div>
      <div className={watch.head}>
        <h3 className={classes.sub}>{title}</h3>
        <span className={classes.quiet}>{unit}</span>
      </div>
      <ol className={measures.list} aria-label={title}>
        {items.slice(0, SHOWN).map(({ item, label, score }) => (
          <li key={item}>
            <button
              type="button"
              className={measures.entry}
              title={`Add ${label} to the list`}
              onClick={() => onAdd(item)}
            >
              <span className={measures.name}>{label}</span>
              <span className={measures.value}>{formatPercent(score)}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}
