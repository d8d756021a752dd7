import { Section } from '../../measures/Section'
import type { LabState } from '../lab'
import { useLab } from '../useLab'
import { Chart } from './Chart'
import { lossCurves } from './curvesOf'
import { Empty } from './Empty'
import classes from './results.module.css'

/** A leak is told after this many steps in a row. */
const LEAKING_STEPS = 5

/** The loss as it falls, and tensors that each step leaves behind. */
export function LossSection() {
  const losses = useLab(({ run }) => run.losses)
  return (
    <Section title="Training loss" aside={<Tensors />}>
      {losses.length > 0 ? (
        <Chart props={lossCurves(losses)} />
      ) : (
        <Empty>The loss of each step: it should fall from the left to the right.</Empty>
      )}
      <LeakHint />
    </Section>
  )
}

function Tensors() {
  const tensors = useLab(({ run }) => run.last?.tensors ?? null)
  return tensors === null ? null : <span>{tensors.toLocaleString('en-US')} tensors in memory</span>
}

function leakOf({ run }: LabState): number {
  return run.leakingSteps >= LEAKING_STEPS ? (run.last?.leakedTensors ?? 0) : 0
}

function LeakHint() {
  const leaked = useLab(leakOf)
  if (leaked <= 0) return null
  const many = leaked === 1 ? 'tensor' : 'tensors'
  return (
    <p role="status" className={classes.warning}>
      <strong>
        A leak: each step leaves {leaked} {many} behind.
      </strong>{' '}
      Memory grows until the model stops. Look for <code>tf.keep</code>, or tensors made in an input function or a hook:
      wrap them in <code>tf.tidy(() =&gt; …)</code>, or call <code>.dispose()</code>.
    </p>
  )
}
