import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { suggestionsFor } from '../../store/selectors'
import { SuggestInput } from '../controls/SuggestInput'
import { Section } from '../measures/Section'
import { useAppStore } from '../useApp'
import classes from './lab.module.css'
import { suggestItems } from './suggestItems'
import { WatchListFacts } from './WatchListFacts'
import { WatchListNext } from './WatchListNext'
import watch from './watchList.module.css'

const SUGGESTIONS = 4

/** A list of one's own, built by clicking, and what the model says comes next. */
export function WatchList() {
  const points = useAppStore((s) => s.points)
  const watched = useAppStore((s) => s.watched)
  const setView = useAppStore((s) => s.setView)
  const length = useAppStore((s) => (s.experiment.model.type === 'watchList' ? s.experiment.model.length : 0))
  const nature = useAppStore((s) => s.summary?.nature ?? null)
  const labelOf = useMemo(() => {
    const labels = new Map(points?.keys.map((key, row) => [key, points.labels[row] ?? key]))
    return (key: string) => labels.get(key) ?? key
  }, [points])
  const add = (key: string) => setView({ watched: [...watched.filter((other) => other !== key), key] })
  const remove = (key: string) => setView({ watched: watched.filter((other) => other !== key) })
  const panel = useRef<HTMLDivElement>(null)
  const shown = useRef(watched)
  useEffect(() => {
    // A lesson may fill the list while it is out of sight.
    if (shown.current !== watched) panel.current?.scrollIntoView({ block: 'nearest' })
    shown.current = watched
  }, [watched])
  return (
    <Section
      title="What to watch next"
      aside={nature === 'simulated' ? <span className={classes.tag}>simulated viewers</span> : undefined}
    >
      <div ref={panel} />
      <Listed watched={watched} length={length} labelOf={labelOf} onRemove={remove} />
      <AddItems watched={watched} onAdd={add} labelOf={labelOf} />
      <WatchListNext watched={watched} onAdd={add} />
      <WatchListFacts />
    </Section>
  )
}

interface ListedProps {
  watched: string[]
  length: number
  labelOf(key: string): string
  onRemove(key: string): void
}

function Listed({ watched, length, labelOf, onRemove }: ListedProps) {
  const setView = useAppStore((s) => s.setView)
  return (
    <div>
      <div className={watch.head}>
        <h3 className={classes.sub}>Your list</h3>
        <span className={classes.quiet} aria-live="polite">
          {watched.length > length
            ? `${watched.length}, the last ${length} are read`
            : `${watched.length} of ${length} at most`}
        </span>
        <Button className={watch.clear} disabled={watched.length === 0} onClick={() => setView({ watched: [] })}>
          Clear
        </Button>
      </div>
      {watched.length === 0 && <p className={classes.quiet}>Empty: add what you have seen and liked.</p>}
      <ol className={watch.list} aria-label="Your list">
        {watched.map((key) => (
          <li key={key} className={watch.listed}>
            <span className={classes.name} title={labelOf(key)}>
              {labelOf(key)}
            </span>
            <ActionIcon aria-label={`Take ${labelOf(key)} off the list`} size={22} onClick={() => onRemove(key)}>
              <IconX size={13} />
            </ActionIcon>
          </li>
        ))}
      </ol>
    </div>
  )
}

interface AddProps {
  watched: string[]
  labelOf(key: string): string
  onAdd(key: string): void
}

/** The point picked on the map, well-known ones, or one that is searched for. */
function AddItems({ watched, labelOf, onAdd }: AddProps) {
  const points = useAppStore((s) => s.points)
  const selected = useAppStore((s) => s.selectedKey)
  const [text, setText] = useState('')
  const suggestions = useMemo(() => suggestionsFor(points, text), [points, text])
  const known = useMemo(
    () => (points ? suggestItems(points, SUGGESTIONS + watched.length).map((row) => points.keys[row] ?? '') : []),
    [points, watched.length],
  )
  const picked = selected !== null && points?.keys.includes(selected) ? [selected] : []
  const offered = [...new Set([...picked, ...known])].filter((key) => !watched.includes(key)).slice(0, SUGGESTIONS)
  return (
    <>
      <ul className={watch.offers} aria-label="Well known, to add">
        {offered.map((key) => (
          <li key={key}>
            <button type="button" className={watch.offer} title={`Add ${labelOf(key)}`} onClick={() => onAdd(key)}>
              <IconPlus size={12} aria-hidden />
              <span>{labelOf(key)}</span>
            </button>
          </li>
        ))}
      </ul>
      <SuggestInput
        aria-label="Find another to add"
        placeholder="Find another to add"
        value={text}
        suggestions={suggestions}
        onChange={setText}
        onChoose={({ key }) => {
          onAdd(key)
          setText('')
        }}
      />
    </>
  )
}
