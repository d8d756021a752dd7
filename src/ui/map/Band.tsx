import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import { formatCount } from '../../lib/formatNumber'
import { type LegendGradient, unknownCss } from '../../plots/legend'
import type { Attribute, PointsInfo } from '../../protocol/trainer'
import { bandOf, bandUnit } from './bandOf'
import { cssVariables } from './cssVariables'
import { greyPoints } from './greyPoints'
import classes from './legend.module.css'

interface BandProps {
  points: PointsInfo
  attribute: Exclude<Attribute, { kind: 'category' }>
}

/** The colours of a number or of a circle, and what is grey. */
export function Band({ points, attribute }: BandProps) {
  const scheme = useComputedColorScheme()
  const gradient: LegendGradient = useMemo(() => bandOf(attribute, scheme), [attribute, scheme])
  const grey = useMemo(() => greyPoints(points, attribute), [points, attribute])
  const unit = bandUnit(attribute)
  return (
    <>
      <div className={classes.band}>
        <div className={classes.bar} style={cssVariables({ '--band': gradient.css })} />
        <div className={classes.ticks}>
          {gradient.ticks.map(({ at, label }) => (
            <span key={at} style={cssVariables({ '--at': at })}>
              {label}
            </span>
          ))}
        </div>
      </div>
      {unit && <span>{unit}</span>}
      {grey && (
        <span className={classes.grey} style={cssVariables({ '--dot': unknownCss(scheme) })}>
          {grey.label} <span>{formatCount(grey.count)}</span>
        </span>
      )}
    </>
  )
}
