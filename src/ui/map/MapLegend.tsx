import { useComputedColorScheme } from '@mantine/core'
import { type CSSProperties, useMemo } from 'react'
import { formatCount } from '../../lib/formatNumber'
import { cyclicGradient, type LegendGradient, legendItems, numberGradient } from '../../plots/legend'
import type { Attribute } from '../../protocol/trainer'
import { selectColorAttribute } from '../../store/selectors'
import { dayNames } from '../lab/weekWords'
import { useAppStore } from '../useApp'
import classes from './map.module.css'

type Variables = CSSProperties & Record<`--${string}`, string | number>

/** What the colours mean: categories filter, numbers and hours have a band. */
export function MapLegend() {
  const attribute = useAppStore(selectColorAttribute)
  return (
    <div className={classes.legend}>
      {attribute && <span className={classes.legendTitle}>{attribute.title.replaceAll('_', ' ')}</span>}
      {attribute?.kind === 'category' && <CategoryToggles attribute={attribute} />}
      {attribute && attribute.kind !== 'category' && <Band attribute={attribute} />}
    </div>
  )
}

function CategoryToggles({ attribute }: { attribute: Extract<Attribute, { kind: 'category' }> }) {
  const scheme = useComputedColorScheme()
  const hidden = useAppStore((s) => s.hiddenCategories)
  const setView = useAppStore((s) => s.setView)
  const items = useMemo(() => legendItems(attribute, scheme), [attribute, scheme])
  return items.slice(0, 24).map(({ label, color, count }) => {
    const off = hidden.includes(label)
    const style: Variables = { '--dot': color }
    return (
      <button
        key={label}
        type="button"
        className={classes.toggle}
        style={style}
        aria-pressed={!off}
        title={off ? `Show ${label}` : `Hide ${label}`}
        onClick={() =>
          setView({ hiddenCategories: off ? hidden.filter((name) => name !== label) : [...hidden, label] })
        }
      >
        {label} <span>{formatCount(count)}</span>
      </button>
    )
  })
}

/** Days are named where they lie on the circle; other circles keep their numbers. */
function cyclicBand(period: number, scheme: 'light' | 'dark'): LegendGradient {
  const gradient = cyclicGradient(period, scheme)
  if (period !== 7) return gradient
  return { ...gradient, ticks: dayNames.map((name, day) => ({ at: day / 7, label: name.slice(0, 3) })) }
}

function Band({ attribute }: { attribute: Exclude<Attribute, { kind: 'category' }> }) {
  const scheme = useComputedColorScheme()
  const gradient: LegendGradient = useMemo(
    () =>
      attribute.kind === 'cyclic' ? cyclicBand(attribute.period, scheme) : numberGradient(attribute.values, scheme),
    [attribute, scheme],
  )
  const unit = attribute.kind === 'number' ? attribute.unit : null
  const band: Variables = { '--band': gradient.css }
  return (
    <>
      <div className={classes.band}>
        <div className={classes.bar} style={band} />
        <div className={classes.ticks}>
          {gradient.ticks.map(({ at, label }) => {
            const place: Variables = { '--at': at }
            return (
              <span key={at} style={place}>
                {label}
              </span>
            )
          })}
        </div>
      </div>
      {unit && <span className={classes.unit}>{unit}</span>}
    </>
  )
}
