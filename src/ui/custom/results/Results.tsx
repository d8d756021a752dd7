import { Artifacts } from './Artifacts'
import { EvaluationSection } from './EvaluationSection'
import { LossSection } from './LossSection'
import classes from './results.module.css'
import { SeriesSection } from './SeriesSection'
import { SpecSection } from './SpecSection'
import { TableSection } from './TableSection'

/** What a run shows of itself. */
export function Results() {
  return (
    <div className={classes.results}>
      <LossSection />
      <EvaluationSection />
      <SeriesSection />
      <TableSection />
      <SpecSection />
      <Artifacts />
    </div>
  )
}
