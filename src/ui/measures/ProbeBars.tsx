import { formatCount } from '../../lib/formatNumber'
import type { Probe } from '../../protocol/trainer'
import type { Store } from '../../store/slice'
import { useThrottled } from '../useThrottled'
import { Bar } from './Bar'
import { ComparisonTable } from './ComparisonTable'
import classes from './measures.module.css'
import { formatMetric } from './metricTitles'
import { Section } from './Section'

function selectProbes(state: Store) {
  return state.probes && state.probes.table === state.points?.table ? state.probes : null
}

/** What near vectors have in common and what can be read off them, which nobody told the model, beside what chance gives. */
export function ProbeBars() {
  const probed = useThrottled(selectProbes, 300)
  if (!probed || probed.probes.length + probed.comparisons.length === 0) return null
  const vectors = probed.table
    .replace(/_embedding$/, '')
    .replaceAll('_X_', ' × ')
    .replaceAll('_', ' ')
  return (
    <Section title="Similarity, measured" aside={`at step ${formatCount(probed.step)}`}>
      {probed.comparisons.map((comparison) => (
        <ComparisonTable key={JSON.stringify(comparison.truth)} comparison={comparison} />
      ))}
      {probed.probes.map((probe) => (
        <ProbeRow key={probe.attribute} probe={probe} vectors={vectors} />
      ))}
      {probed.probes.length > 0 && (
        <p className={classes.quiet}>
          R² of a linear fit on rows it has not seen (5 folds): 1 is perfect, 0 is no better than the mean. “Shuffled”
          is chance.
        </p>
      )}
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
        <span>learnt</span>
        <Bar value={probe.r2} fill="var(--accent)" />
        <span>{formatMetric(probe.r2, 2)}</span>
        <span>shuffled</span>
        <Bar value={probe.shuffledR2} fill="var(--faint)" />
        <span>{formatMetric(probe.shuffledR2, 2)}</span>
      </div>
    </div>
  )
}
