import type { CSSProperties } from 'react'
import { formatQuantity } from '../../plots/legend'
import type { Prediction } from '../../protocol/trainer'
import classes from './lab.module.css'
import type { Answer } from './useRepeatedAnswer'

interface Props {
  answer: Answer<Prediction[]>
  /** A line under each output, by its position. */
  note?: (index: number) => string | null
}

/** The outputs of the model with their units; probabilities as shares. */
export function AnswerList({ answer, note }: Props) {
  if (answer.fault !== null) return <p className={classes.fault}>{answer.fault}</p>
  if (!answer.value) return <p className={classes.quiet}>The model answers as soon as it is ready.</p>
  return (
    <dl className={classes.answers}>
      {answer.value.map(({ name, value, unit }, i) => (
        <div key={name} className={classes.answer} style={shareStyle(value, unit)}>
          <dt title={name}>{name.replaceAll('_', ' ')}</dt>
          <dd>{unit === 'probability' ? formatPercent(value) : formatQuantity(value)}</dd>
          <dt>
            <small>{note?.(i)}</small>
          </dt>
          {unit !== null && unit !== 'probability' && (
            <dd>
              <small>{unit}</small>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

/** `12 %`, `0.4 %`. */
export function formatPercent(share: number): string {
  const percent = 100 * share
  return `${percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0)} %`
}

function shareStyle(value: number, unit: string | null): CSSProperties | undefined {
  if (unit !== 'probability') return undefined
  const style: CSSProperties & Record<`--${string}`, number> = { '--share': value }
  return style
}
