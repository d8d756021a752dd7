import { useState } from 'react'
import { Section } from '../../measures/Section'
import type { Evaluation } from '../runView'
import { useLab } from '../useLab'
import { Chart } from './Chart'
import { firstLike, leadingMetric, metricCurve, metricNames } from './curvesOf'
import { Empty } from './Empty'
import { metricText } from './metricText'
import classes from './results.module.css'

/** Metrics at each checkpoint that was evaluated: all of them in numbers, the chosen one as a curve. As tall as it is before the first evaluation. */
export function EvaluationSection() {
  const evaluations = useLab(({ run }) => run.evaluations)
  const [chosen, setChosen] = useState<string | null>(null)
  const last = evaluations.at(-1)
  const names = last ? metricNames(last) : []
  const metric = names.find((name) => name === chosen) ?? leadingMetric(names)
  return (
    <Section title="Evaluated at checkpoints" aside={last && <span>last at step {last.globalStep}</span>}>
      <div className={classes.evaluation}>
        {last && metric !== undefined ? (
          <>
            <Chart props={metricCurve(metric, evaluations)} />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
            <section className={classes.metrics} aria-label="Metrics" tabIndex={0}>
              <MetricTable first={firstLike(last, evaluations)} last={last} shown={metric} onShow={setChosen} />
            </section>
          </>
        ) : (
          <Empty>A curve for each metric, on rows that training does not see.</Empty>
        )}
      </div>
    </Section>
  )
}

interface MetricTableProps {
  first: Evaluation
  last: Evaluation
  /** The metric whose curve stands beside the table. */
  shown: string
  onShow(metric: string): void
}

/** The first evaluation beside the last one. */
function MetricTable({ first, last, shown, onShow }: MetricTableProps) {
  return (
    <table className={classes.values}>
      <thead>
        <tr>
          <th scope="col">metric</th>
          <th scope="col">step {first.globalStep}</th>
          <th scope="col">step {last.globalStep}</th>
        </tr>
      </thead>
      <tbody>
        {metricNames(last).map((metric) => (
          <tr key={metric} data-shown={metric === shown}>
            <th scope="row">
              <button
                type="button"
                aria-pressed={metric === shown}
                title="Show its curve"
                onClick={() => onShow(metric)}
              >
                {metric}
              </button>
            </th>
            <td>{metricText(first.metrics[metric])}</td>
            <td>{metricText(last.metrics[metric])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
