import { formatCount } from '../../lib/formatNumber'
import { RangeSlider } from '../controls/RangeSlider'
import classes from './sweep.module.css'
import { trainRowsStops } from './trainRowsScale'

interface Props {
  /** Rows there are to learn from. */
  all: number
  rows: number
  onChange(rows: number): void
}

/** How many rows every run learns from. With few of them a wide table learns them by heart. */
export function TrainRows({ all, rows, onChange }: Props) {
  const stops = trainRowsStops(all)
  const last = stops.length - 1
  const at = stops.findIndex((stop) => stop >= rows)
  const text = rows >= all ? `all ${formatCount(all)}` : `${formatCount(rows)} of ${formatCount(all)}`
  return (
    <div className={classes.rows}>
      <span className={classes.rowsLabel}>
        Rows to learn from <b>{text}</b>
      </span>
      <RangeSlider
        label="Rows to learn from"
        valueText={text}
        max={last}
        value={at < 0 ? last : at}
        onChange={(position) => onChange(stops[position] ?? all)}
      />
    </div>
  )
}
