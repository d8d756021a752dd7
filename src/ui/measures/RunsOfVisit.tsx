import type { RunRecord } from '../../store/runSlice'
import { selectMetric } from '../../store/selectors'
import type { Store } from '../../store/slice'
import layout from '../controls/layout.module.css'
import { useAppStore } from '../useApp'
import { useThrottled } from '../useThrottled'
import { describeDifference, describeFeatures } from './describeDifference'
import classes from './measures.module.css'
import { formatNamedMetric, metricTitles } from './metricTitles'
import { Section } from './Section'

/** Runs of this visit on the data that is shown. */
function selectRuns(state: Store): RunRecord[] {
  const dataset = JSON.stringify(state.experiment.dataset)
  return state.history.filter((record) => JSON.stringify(record.experiment.dataset) === dataset)
}

/** What was tried, how well it did, and the way back: how crosses and dimensions are compared. */
export function RunsOfVisit() {
  const runs = useThrottled(selectRuns, 300)
  const runId = useAppStore((s) => s.runId)
  const metric = useAppStore(selectMetric)
  const position = useAppStore((s) => s.position)
  const showExperiment = useAppStore((s) => s.showExperiment)
  if (runs.length < 2) return null
  return (
    <Section title="Runs of this visit" aside={`validation ${metricTitles[metric]}`}>
      <table className={classes.runs}>
        <thead>
          <tr>
            <th scope="col">settings</th>
            <th scope="col">best</th>
            <th scope="col">last</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((record, i) => (
            <tr key={record.runId} aria-current={record.runId === runId}>
              <th scope="row">
                <button
                  type="button"
                  className={`${layout.textButton} ${classes.run}`}
                  onClick={() => {
                    if (record.runId !== runId) showExperiment(record.experiment, record.runId, position)
                  }}
                >
                  {describeFeatures(record.experiment)}
                  <small>{changeWords(runs[i - 1], record)}</small>
                </button>
              </th>
              <td className={classes.best}>{formatNamedMetric(metric, record.best?.validation[metric])}</td>
              <td className={classes.value}>{formatNamedMetric(metric, record.last?.validation[metric])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function changeWords(before: RunRecord | undefined, after: RunRecord): string {
  if (!before) return ''
  const phrases = describeDifference(before.experiment, after.experiment)
  const others = phrases.filter((phrase) => !/^[+−] |dimension /.test(phrase))
  return phrases.length === 0 ? 'once more' : others.join(' · ')
}
