import type { Ref } from 'react'
import { formatCount } from '../../lib/formatNumber'
import { useAppStore } from '../useApp'
import classes from './hoverCard.module.css'
import { pointFacts } from './pointFacts'

/** Name, facts and training rows of the point under the pointer. Its place follows the pointer without a render. */
export function HoverCard({ ref }: { ref: Ref<HTMLDivElement> }) {
  const points = useAppStore((s) => s.points)
  const row = useAppStore((s) => s.hoveredRow)
  const label = row === null ? undefined : points?.labels[row]
  return (
    <div ref={ref} className={classes.card} hidden={label === undefined}>
      {points && row !== null && label !== undefined && (
        <>
          <strong>{label}</strong>
          <dl className={classes.attributes}>
            {pointFacts(points, row)
              .slice(0, 7)
              .map(({ title, text }) => (
                <FactRow key={title} title={title} text={text} />
              ))}
            <FactRow title="Training rows" text={formatCount(points.counts[row] ?? 0)} />
          </dl>
        </>
      )}
    </div>
  )
}

function FactRow({ title, text }: { title: string; text: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{text}</dd>
    </>
  )
}
