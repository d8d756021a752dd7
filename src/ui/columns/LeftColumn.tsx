import { DataCard } from '../data/DataCard'
import classes from './columns.module.css'
import { FeatureColumns } from './FeatureColumns'
import { ModelCard } from './ModelCard'

/** From the data to the model: rows, feature columns, what is made of them. */
export function LeftColumn() {
  return (
    <div className={classes.column}>
      <DataCard />
      <FeatureColumns />
      <ModelCard />
    </div>
  )
}
