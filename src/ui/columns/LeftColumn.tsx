import { DataCard } from '../data/DataCard'
import { SampleRows } from '../data/SampleRows'
import classes from './columns.module.css'
import { FeatureColumns } from './FeatureColumns'
import { ModelCard } from './ModelCard'

/** From the data to the model, then the rows themselves. */
export function LeftColumn() {
  return (
    <div className={classes.column}>
      <DataCard />
      <FeatureColumns />
      <ModelCard />
      <SampleRows />
    </div>
  )
}
