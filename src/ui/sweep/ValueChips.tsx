import { sweepLimits } from '../../experiment/sweepLink'
import classes from './sweep.module.css'

const OFFERED = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64]

interface Props {
  values: readonly number[]
  onChange(values: number[]): void
}

/** Dimensions to be put in and taken out by a click, up to as many as a sweep takes. */
export function ValueChips({ values, onChange }: Props) {
  const others = values.filter((value) => !OFFERED.includes(value))
  const shown = [...OFFERED, ...others].sort((a, b) => a - b)
  return (
    <fieldset className={classes.chips} aria-label="Dimensions to try">
      {shown.map((value) => {
        const isIn = values.includes(value)
        const next = isIn ? values.filter((each) => each !== value) : [...values, value].sort((a, b) => a - b)
        return (
          <button
            key={value}
            type="button"
            className={classes.chip}
            aria-pressed={isIn}
            disabled={next.length < sweepLimits.fewestValues || next.length > sweepLimits.values}
            onClick={() => onChange(next)}
          >
            {value}
          </button>
        )
      })}
    </fieldset>
  )
}
