import { type CSSProperties, useRef } from 'react'
import classes from './rangeSlider.module.css'

interface Props {
  label: string
  /** What the position means, as it is read out. */
  valueText: string
  /** Positions 0 … `max`; the value may lie between two. */
  max: number
  value: number
  /** A tick at this position. */
  mark?: number | null
  onChange(position: number): void
  /** On release, and after each key. */
  onChangeEnd?(position: number): void
}

/** The browser's own slider in the look of the page: Mantine's costs 9 kB gzipped. */
export function RangeSlider({ label, valueText, max, value, mark = null, onChange, onChangeEnd }: Props) {
  const dragging = useRef(false)
  const style: CSSProperties & Record<`--${string}`, number> = { '--at': max > 0 ? value / max : 1 }
  const end = (position: number) => {
    if (!dragging.current) return
    dragging.current = false
    onChangeEnd?.(position)
  }
  return (
    <span className={classes.slider} style={style}>
      {mark !== null && <span className={classes.mark} style={{ '--mark': mark / max } as CSSProperties} />}
      <input
        type="range"
        className={classes.input}
        aria-label={label}
        aria-valuetext={valueText}
        min={0}
        max={max}
        step={1}
        value={value}
        onPointerDown={() => {
          dragging.current = true
        }}
        onPointerUp={(event) => end(Number(event.currentTarget.value))}
        onPointerCancel={(event) => end(Number(event.currentTarget.value))}
        onChange={(event) => {
          const position = Number(event.currentTarget.value)
          onChange(position)
          if (!dragging.current) onChangeEnd?.(position)
        }}
      />
    </span>
  )
}
