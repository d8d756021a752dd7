import { type CSSProperties, useState } from 'react'
import { fourthRoot } from '../../experiment/fourthRoot'
import { formatCount } from '../../lib/formatNumber'
import { RangeSlider } from '../controls/RangeSlider'
import classes from './columns.module.css'
import { dimensionAt, lastStop, positionOf } from './dimensionScale'

interface Props {
  dimension: number
  /** Of the column; NaN or 0 hides the mark. */
  buckets: number
  label: string
  onChange(dimension: number): void
}

/** Takes effect on release or on a key; a mark stands at the fourth root of the buckets. */
export function DimensionSlider({ dimension, buckets, label, onChange }: Props) {
  const [dragged, setDragged] = useState<number | null>(null)
  const shown = dragged === null ? dimension : dimensionAt(dragged)
  const root = buckets >= 1 ? fourthRoot(buckets) : null
  return (
    <div className={classes.dimension}>
      <span className={classes.dimensionLabel}>
        Dimension <b>{shown}</b>
      </span>
      {root !== null && (
        <span
          className={classes.mark}
          style={{ '--at': positionOf(root) / lastStop } as CSSProperties}
          title="The rule of thumb of TensorFlow’s guide: the fourth root of the buckets"
        >
          rule of thumb: ⁴√{formatCount(buckets)} = {root.toFixed(1)}
        </span>
      )}
      <RangeSlider
        label={label}
        valueText={`${shown}`}
        max={lastStop}
        value={dragged ?? positionOf(dimension)}
        mark={root === null ? null : positionOf(root)}
        onChange={setDragged}
        onChangeEnd={(position) => {
          setDragged(null)
          onChange(dimensionAt(position))
        }}
      />
    </div>
  )
}
