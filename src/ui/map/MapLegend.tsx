import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import { formatCount } from '../../lib/formatNumber'
import { legendItems } from '../../plots/legend'
import type { Attribute, PointsInfo } from '../../protocol/trainer'
import { selectColorAttribute } from '../../store/selectors'
import { useAppStore } from '../useApp'
import { Band } from './Band'
import { cssVariables } from './cssVariables'
import { greyPoints } from './greyPoints'
import classes from './legend.module.css'
import { sharedPoints } from './sharedPoints'

/** What the colours mean: categories filter, numbers and hours have a band. */
export function MapLegend() {
  const attribute = useAppStore(selectColorAttribute)
  const points = useAppStore((s) => s.points)
  return (
    <div className={classes.legend}>
      {attribute && <span className={classes.legendTitle}>{attribute.title.replaceAll('_', ' ')}</span>}
      {points && attribute?.kind === 'category' && <CategoryToggles points={points} attribute={attribute} />}
      {points && attribute && attribute.kind !== 'category' && <Band points={points} attribute={attribute} />}
      {points && <SharedNote points={points} />}
    </div>
  )
}

/** What the rings on the map are. */
function SharedNote({ points }: { points: PointsInfo }) {
  const shared = sharedPoints(points)
  if (!shared) return null
  return (
    <span
      className={classes.ringed}
      title="Several values fall into the same bucket: they share one vector, and are one point"
    >
      several values in one <span>{formatCount(shared.reduce((sum, one) => sum + one, 0))}</span>
    </span>
  )
}

interface CategoryProps {
  points: PointsInfo
  attribute: Extract<Attribute, { kind: 'category' }>
}

/** Categories beyond this many are not named; what is grey for other reasons always is. */
const MOST_NAMED = 24

function CategoryToggles({ points, attribute }: CategoryProps) {
  const scheme = useComputedColorScheme()
  const hidden = useAppStore((s) => s.hiddenCategories)
  const setView = useAppStore((s) => s.setView)
  const items = useMemo(
    () => legendItems(attribute, scheme, greyPoints(points, attribute)?.label),
    [points, attribute, scheme],
  )
  const shown = items.filter(({ code }, i) => code < 0 || i < MOST_NAMED)
  return shown.map(({ label, color, count }) => {
    const off = hidden.includes(label)
    return (
      <button
        key={label}
        type="button"
        className={classes.toggle}
        style={cssVariables({ '--dot': color })}
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
