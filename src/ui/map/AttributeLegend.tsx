import { useComputedColorScheme } from '@mantine/core'
import { legendItems } from '../../plots/legend'
import type { Attribute, PointsInfo } from '../../protocol/trainer'
import { Band } from './Band'
import { cssVariables } from './cssVariables'
import { greyPoints } from './greyPoints'
import classes from './legend.module.css'

const MOST_NAMED = 12

/** What the colours of a map mean, to read only. */
export function AttributeLegend({ attribute, points }: { attribute: Attribute; points: PointsInfo }) {
  const scheme = useComputedColorScheme()
  if (attribute.kind !== 'category') return <Band attribute={attribute} points={points} />
  const items = legendItems(attribute, scheme, greyPoints(points, attribute)?.label)
  return items.slice(0, MOST_NAMED).map(({ label, color }) => (
    <span key={label} className={classes.entry} style={cssVariables({ '--dot': color })}>
      {label}
    </span>
  ))
}
