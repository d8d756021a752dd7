import { createCurves } from '../../../plots/curves'
import type { CurvesProps } from '../../../plots/curvesFrame'
import { Section } from '../../measures/Section'
import { usePlotOf } from '../../usePlotOf'
import type { Evaluation } from '../runView'
import { useLab } from '../useLab'
import { metricCurves, metricNames } from './curvesOf'
import { Empty } from './Empty'
import { metricText } from './metricText'
import classes from './results.module.css'

/** Metrics at each checkpoint that was evaluated. */
export function EvaluationSection() {
  const evaluations = useLab(({ run }) => run.evaluations)
  const last = evaluations.at(-1)
  return (
    <Section title="Evaluated at checkpoints" aside={last && <span>last at step {last.globalStep}</span>}>
      {last ? (
        <>
          <div className={classes.curves}>
            {metricCurves(evaluations).map(({ metric, props }) => (
              <Chart key={metric} props={props} />
            ))}
          </div>
          <LastValues evaluation={last} first={evaluations[0]!} />
        </>
      ) : (
        <Empty>A curve for each metric, on rows that training does not see.</Empty>
      )}
    </Section>
  )
}

export function Chart({ props }: { props: CurvesProps }) {
  const chart = usePlotOf(createCurves, props)
  return <div ref={chart} className={classes.curve} />
}

/** The first evaluation beside the last one. */
function LastValues({ evaluation, first }: { evaluation: Evaluation; first: Evaluation }) {
  return (
    <table className={classes.values}>
      <thead>
        <tr>
          <th scope="col">metric</th>
          <th scope="col">step {first.globalStep}</th>
          <th scope="col">step {evaluation.globalStep}</th>
        </tr>
      </thead>
      <tbody>
        {metricNames(evaluation).map((metric) => (
          <tr key={metric}>
            <th scope="row">{metric}</th>
            <td>{metricText(first.metrics[metric])}</td>
            <td>{metricText(evaluation.metrics[metric])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
