import { Section } from '../../measures/Section'
import { useLab } from '../useLab'
import { seriesCurves } from './curvesOf'
import { Chart } from './EvaluationSection'

/** What the code drew by `showSeries`; nothing where it drew nothing. */
export function SeriesSection() {
  const series = useLab(({ run }) => run.series)
  return series.map((one) => (
    <Section key={one.title} title={one.title}>
      <Chart props={seriesCurves(one)} />
    </Section>
  ))
}
