import layout from '../controls/layout.module.css'
import { DataCard } from '../data/DataCard'
import { SampleRows } from '../data/SampleRows'
import { FeatureColumns } from './FeatureColumns'
import { ModelCard } from './ModelCard'

/** From the data to the model, then the rows themselves. */
export function LeftColumn() {
  return (
    <div className={layout.column}>
      <DataCard />
      <FeatureColumns />
      <ModelCard />
      <SampleRows />
    </div>
  )
}
