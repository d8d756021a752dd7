import type { CSSProperties } from 'react'
import type { Probe } from '../../protocol/trainer'
import type { Store } from '../../store/slice'
import { useThrottled } from '../useThrottled'
import classes from './measures.module.css'
import { formatMetric } from './metricTitles'
import { Section } from './Section'

function selectProbes(state: Store) {
  return state.probes && state.probes.table === state.points?.table ? state.probes : null
}

/** What can be read off the vectors that nobody told the model, beside what chance gives. */
export function ProbeBars() {
  const probed = useThrottled(selectProbes, 300)
  if (!probed || probed.probes.length === 0) return null
  const vectors = probed.table
    .replace(/_embedding$/, '')
    .replaceAll('_X_', ' × ')
    .replaceAll('_', ' ')
  return (
    <Section title="Similarity, measured" aside="5-fold R²">
      {probed.probes.map((probe) => (
        <ProbeRow key={probe.attribute} probe={probe} vectors={vectors} />
      ))}
      <p className={classes.quiet}>
        R² of a linear fit on rows it has not seen: 1 is perfect, 0 is no better than the mean. “Shuffled” is chance.
      </p>
    </Section>
  )
}

function ProbeRow({ probe, vectors }: { probe: Probe; vectors: string }) {
  return (
    <div className={classes.probe}>
      <p>
        <strong>{probe.title}</strong> can be read off the {vectors} vectors
      </p>
      <div className={classes.bars}>
        <Bar name="learnt" value={probe.r2} fill="var(--accent)" />
        <Bar name="shuffled" value={probe.shuffledR2} fill="var(--faint)" />
      </div>
    </div>
  )
}

function Bar({ name, value, fill }: { name: string; value: number; fill: string }) {
  const share = Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0))
  const style: CSSProperties & Record<`--${string}`, string | number> = { '--share': share, '--fill': fill }
  return (
    <>
      <span>{name}</span>
      <span className={classes.track}>
        <span className={classes.fill} style={{ ...style, display: 'block' }} />
      </span>
      <span>{formatMetric(value, 2)}</span>
    </>
  )
}
