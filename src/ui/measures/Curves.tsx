import { NativeSelect } from '@mantine/core'
import { createCurves } from '../../plots/curves'
import type { MetricName } from '../../protocol/trainer'
import { selectMetric, selectMetricNames } from '../../store/selectors'
import type { Store } from '../../store/slice'
import { useAppStore } from '../useApp'
import { usePlot } from '../usePlot'
import { createCurveSelect } from './curveProps'
import classes from './measures.module.css'
import { metricHelp, metricTitles } from './metricTitles'
import { Section } from './Section'

const selectLossCurve = createCurveSelect(() => 'loss')
const selectMetricCurve = createCurveSelect(selectMetric)

/** An epoch may be over in a few milliseconds: a curve that is read has no need of each. */
const REFRESH_MS = 120

/** Metrics besides the loss; the mean squared error is the loss of a regression under another name. */
function selectChoices(state: Store): MetricName[] {
  return selectMetricNames(state).filter((name) => name !== 'loss')
}

/** Loss, and a metric of choice, over the epochs. */
export function Curves() {
  const loss = usePlot(createCurves, selectLossCurve, REFRESH_MS)
  const chart = usePlot(createCurves, selectMetricCurve, REFRESH_MS)
  const metric = useAppStore(selectMetric)
  const choices = useAppStore(selectChoices)
  const setView = useAppStore((s) => s.setView)
  return (
    <Section
      title="Learning"
      aside={
        choices.length > 1 && (
          <NativeSelect
            className={classes.metric}
            rightSectionWidth={22}
            aria-label="Metric of the second curve"
            title={metricHelp[metric]}
            data={choices.map((name) => ({ value: name, label: metricTitles[name] }))}
            value={metric}
            onChange={(event) => {
              const chosen = choices.find((name) => name === event.currentTarget.value)
              if (chosen) setView({ metric: chosen })
            }}
          />
        )
      }
    >
      <div ref={loss} className={classes.curve} />
      <div ref={chart} className={classes.curve} />
    </Section>
  )
}
