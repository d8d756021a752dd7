import { UnstyledButton } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { selectMetric } from '../../store/selectors'
import type { Store } from '../../store/slice'
import { formatNamedMetric, metricHelp, metricTitles } from '../measures/metricTitles'
import { useApp, useAppStore } from '../useApp'
import { useThrottled } from '../useThrottled'
import { statusWords } from './statusWords'
import classes from './transport.module.css'

/** Epoch, the metric on both sides, the best epoch, what it is doing. Columns of fixed width: numbers change, nothing moves. */
export function RunStats() {
  return (
    <dl className={classes.stats}>
      <Epoch />
      <MetricStat />
      <Best />
      <Status />
    </dl>
  )
}

function Stat({
  label,
  width,
  title,
  busy = false,
  children,
}: {
  label: string
  width: number
  title?: string
  /** A newer value is on its way. */
  busy?: boolean
  children: ReactNode
}) {
  return (
    <div className={classes.stat} style={{ width }} title={title} aria-busy={busy}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Epoch() {
  const epoch = useThrottled((state) => state.epoch.toFixed(1), 100)
  return (
    <Stat label="Epoch" width={56} title="How often training has seen every row">
      {epoch}
    </Stat>
  )
}

function MetricStat() {
  const { name, unit, validation, train, step } = useThrottled(readMetric, 100)
  const stoodAt = useAppStore(measuredStep)
  return (
    <Stat
      label={`Validation ${inSentence(metricTitles[name])}`}
      width={176}
      title={metricHelp[name]}
      busy={stoodAt !== null && stoodAt !== step}
    >
      {validation}
      {unit && <small> {unit}</small>}
      <small className={classes.second}>train {train}</small>
    </Stat>
  )
}

/** `accuracy`, but `RMSE`. */
function inSentence(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.toLowerCase() : title
}

function readMetric(state: Store) {
  const name = selectMetric(state)
  const last = state.evaluations.at(-1)
  return {
    name,
    unit: unitOf(state),
    validation: formatNamedMetric(name, last?.validation[name]),
    train: formatNamedMetric(name, last?.train[name]),
    step: last?.step ?? null,
  }
}

/** Where a pause has it measured; null while it moves, and where there is nothing to measure any more. */
function measuredStep({ status, pauseReason, step }: Store): number | null {
  return status === 'paused' && pauseReason?.why !== 'notFinite' ? step : null
}

/** An error has the label's unit when the label is one column as it stands. */
function unitOf(state: Store): string | null {
  const { label } = state.experiment
  const target = label.task === 'regression' && label.targets.length === 1 ? label.targets[0] : undefined
  if (target?.transform !== 'none' || target.standardize || selectMetric(state) !== 'rmse') return null
  return state.summary?.columns.find(({ name }) => name === target.column)?.unit ?? null
}

function Best() {
  const { store } = useApp()
  const { epoch, value, canReturn } = useThrottled(readBest, 200)
  return (
    <Stat
      label="Best epoch by loss"
      width={112}
      title="The epoch with the smallest validation loss; its weights are kept"
    >
      {epoch === null ? (
        '–'
      ) : (
        <UnstyledButton
          className={classes.best}
          disabled={!canReturn}
          aria-label={`Return to the best weights, epoch ${epoch}`}
          title={`Return to the best weights: epoch ${epoch}, ${value}`}
          onClick={() => store.getState().returnToCheckpoint('best')}
        >
          {epoch}
          <span className={classes.return}>
            <IconArrowBackUp size={14} stroke={1.8} /> Return
          </span>
        </UnstyledButton>
      )}
    </Stat>
  )
}

function readBest(state: Store) {
  const best = state.evaluations.findLast(({ isBest, step }) => isBest && step > 0)
  if (!best) return { epoch: null, value: '', canReturn: false }
  const metric = selectMetric(state)
  return {
    epoch: Number(best.epoch.toFixed(1)),
    value: `${metricTitles[metric]} ${formatNamedMetric(metric, best.validation[metric])}`,
    // While it trains the newest evaluation lags the step: being the newest best is being there.
    canReturn: best !== state.evaluations.at(-1) || (state.status === 'paused' && best.step !== state.step),
  }
}

function Status() {
  const { label, text } = useThrottled(statusWords, 250)
  return (
    <Stat label={label} width={160}>
      <span className={classes.status}>{text}</span>
    </Stat>
  )
}
