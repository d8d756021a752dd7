import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { RunRecord } from '../../store/runSlice'
import { selectMetric } from '../../store/selectors'
import type { Store } from '../../store/slice'
import layout from '../controls/layout.module.css'
import { useAppStore } from '../useApp'
import { useThrottled } from '../useThrottled'
import { bestWords } from './bestWords'
import { describeDifference, describeDimensionFirst, describeFeatures } from './describeDifference'
import { metricTitles } from './metricTitles'
import classes from './runsOfVisit.module.css'
import { Section } from './Section'

/** As many of the newest stand there at first. */
const FEW = 5

/** Runs of this visit on the data that is shown. */
function selectRuns(state: Store): RunRecord[] {
  const dataset = JSON.stringify(state.experiment.dataset)
  return state.history.filter((record) => JSON.stringify(record.experiment.dataset) === dataset)
}

/** What was tried, a line a run: how well it did, what it changed on demand, and the way back. */
export function RunsOfVisit() {
  const runs = useThrottled(selectRuns, 300)
  const metric = useAppStore(selectMetric)
  const runId = useAppStore((s) => s.runId)
  const [isWhole, setIsWhole] = useState(false)
  if (runs.length < 2) return null
  const at = runs.findIndex((run) => run.runId === runId)
  const first = isWhole ? 0 : Math.max(0, Math.min(runs.length - FEW, at < 0 ? runs.length : at))
  return (
    <Section title="Runs of this visit" aside={`validation ${metricTitles[metric]}`}>
      <table className={classes.runs}>
        <thead>
          <tr>
            <th scope="col">settings</th>
            <th scope="col" title="At the epoch of the smallest validation loss, the one that “Return” goes to">
              at best loss
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {runs.slice(first).map((record, i) => (
            <Run key={record.runId} record={record} before={runs[first + i - 1]} />
          ))}
        </tbody>
      </table>
      {runs.length > FEW && (
        <UnstyledButton className={layout.more} aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? `The newest ${FEW}` : `All ${runs.length} runs`}
          <IconChevronDown size={14} />
        </UnstyledButton>
      )}
    </Section>
  )
}

function Run({ record, before }: { record: RunRecord; before: RunRecord | undefined }) {
  const { runId, position, metric } = useAppStore((state) => {
    const { runId, position } = state
    return { runId, position, metric: selectMetric(state) }
  })
  const showExperiment = useAppStore((s) => s.showExperiment)
  const [isOpen, setIsOpen] = useState(false)
  const { line, details } = wordsOf(record, before)
  const best = bestWords(record, metric)
  return (
    <>
      <tr className={classes.run} aria-current={record.runId === runId}>
        <th scope="row">
          <button
            type="button"
            className={layout.textButton}
            title={line}
            onClick={() => {
              if (record.runId !== runId) showExperiment(record.experiment, record.runId, position)
            }}
          >
            {line}
          </button>
        </th>
        <td className={classes.best}>{best.value}</td>
        <td className={classes.toggle}>
          <ActionIcon
            size={22}
            aria-label={`What run ${record.runId} was`}
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            <IconChevronDown size={14} />
          </ActionIcon>
        </td>
      </tr>
      {isOpen && (
        <tr className={classes.details}>
          <td colSpan={3}>
            {details} Validation {best.details}
          </td>
        </tr>
      )}
    </>
  )
}

/** The features, or what else was changed where they are those of the run before; `details`: both, and all of it. */
function wordsOf({ experiment }: RunRecord, before: RunRecord | undefined): { line: string; details: string } {
  const features = describeFeatures(experiment)
  const line = describeDimensionFirst(experiment)
  if (!before) return { line, details: `${features}. The first run of this visit on these data.` }
  const changes = describeDifference(before.experiment, experiment)
  const changed = changes.length === 0 ? 'the same once more' : changes.join(' · ')
  const isSame = features === describeFeatures(before.experiment)
  return { line: isSame ? changed : line, details: `${features}. Against the run before: ${changed}.` }
}
