import { Checkbox } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { formatCount } from '../../lib/formatNumber'
import { memoizeLast } from '../../lib/memoizeLast'
import { selectMapData } from '../../store/selectors'
import { useApp, useAppStore } from '../useApp'
import { useThrottled } from '../useThrottled'
import { type Along, alongDirection } from './alongDirection'
import { formatShare } from './describeComparison'
import { GroupField } from './GroupField'
import classes from './measures.module.css'
import { formatMetric } from './metricTitles'
import { firstGroups, type GroupPart, titleOfGroup } from './pointGroup'
import { Section } from './Section'

/** A direction with a meaning: from one group of points to another. The map is turned to lie along it. */
export function DirectionPanel() {
  const points = useAppStore((s) => s.points)
  const select = useAppStore((s) => s.select)
  const [chosen, setChosen] = useState<[GroupPart[], GroupPart[]] | null>(null)
  const [from, to] = useMemo(() => chosen ?? (points ? firstGroups(points) : NO_GROUPS), [chosen, points])
  const along = useAlong(from, to)
  const title = points ? `${titleOfGroup(points, from)} → ${titleOfGroup(points, to)}` : ''
  const onMap = useDirectionOnMap(along, title)
  if (!points) return null
  return (
    <Section title="A direction">
      <GroupField label="From" points={points} parts={from} onChange={(parts) => setChosen([parts, to])} />
      <GroupField label="To" points={points} parts={to} onChange={(parts) => setChosen([from, parts])} />
      {along ? (
        <>
          <Checkbox
            label="Map along it"
            checked={onMap.shown}
            onChange={(event) => onMap.show(event.currentTarget.checked)}
          />
          <p className={classes.quiet}>
            From the mean of {pointsWords(along.sizes[0])} to that of {pointsWords(along.sizes[1])}.{' '}
            <Separation share={along.separation} /> Names along it, 0 and 1 the two means:
          </p>
          <ol className={classes.list} aria-label={`Names along ${title}`}>
            {along.names.map(({ key, label, place }) => (
              <li key={key}>
                <button type="button" className={classes.entry} onClick={() => select(key)}>
                  <span className={classes.name}>{label}</span>
                  <span className={classes.value}>{formatMetric(place, 2)}</span>
                </button>
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p className={classes.quiet}>Choose points or categories for both ends.</p>
      )}
    </Section>
  )
}

function pointsWords(count: number): string {
  return count === 1 ? '1 point' : `${formatCount(count)} points`
}

function Separation({ share }: { share: number | null }) {
  if (share === null) return 'A group of one point leaves none to test the direction on.'
  return (
    <>
      Of pairs, one of each, <b>{formatShare(share)}</b> lie in this order along the direction that the other points
      make; 50 % is chance.
    </>
  )
}

const NO_GROUPS: [GroupPart[], GroupPart[]] = [[], []]

/** Follows training, four times a second. */
function useAlong(from: GroupPart[], to: GroupPart[]): Along | null {
  const last = useRef<Along | null>(null)
  const derive = useMemo(
    () =>
      memoizeLast((data: Parameters<typeof alongDirection>[0], start: GroupPart[], end: GroupPart[]) => {
        last.current = alongDirection(data, start, end, last.current?.axes ?? null)
        return { along: last.current }
      }),
    [],
  )
  return useThrottled((s) => derive(selectMapData(s), from, to), 250).along
}

/** Turns the map along the direction as soon as there is one, and back when the panel closes; another view is let be. */
function useDirectionOnMap(along: Along | null, title: string) {
  const { store } = useApp()
  const setView = useAppStore((s) => s.setView)
  const shown = useAppStore((s) => s.projection?.kind === 'axes')
  const [wanted, setWanted] = useState(true)
  const axes = along?.axes ?? null
  useEffect(() => {
    if (!axes || !wanted) return
    setView({ projection: { kind: 'axes', name: title, axes, titles: { x: title, y: 'at right angles' } } })
  }, [axes, wanted, title, setView])
  const wasShown = useRef(false)
  useEffect(() => {
    if (wasShown.current && !shown) setWanted(false)
    wasShown.current = shown
  }, [shown])
  useEffect(
    () => () => {
      if (store.getState().projection?.kind === 'axes') setView({ projection: null })
    },
    [store, setView],
  )
  return {
    shown,
    show(next: boolean) {
      setWanted(next)
      if (!next) setView({ projection: null })
    },
  }
}
