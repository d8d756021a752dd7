import { Section } from '../../measures/Section'
import { useLab } from '../useLab'
import { announced } from './announced'
import { Chart } from './Chart'
import { seriesCurves } from './curvesOf'
import { Empty } from './Empty'

/** What the code draws by `showSeries`; nothing where it does not mention it. */
export function SeriesSection() {
  const series = useLab(({ run }) => run.series)
  const isAnnounced = useLab(({ code }) => announced(code).series)
  if (series.length === 0 && isAnnounced) {
    return (
      <Section title="Drawn by the code">
        <Empty>
          Lines over one another, when the code calls <code>showSeries</code>.
        </Empty>
      </Section>
    )
  }
  return series.map((one) => (
    <Section key={one.title} title={one.title}>
      <Chart props={seriesCurves(one)} />
    </Section>
  ))
}
