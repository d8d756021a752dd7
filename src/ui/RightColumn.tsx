import { AskModel } from './lab/AskModel'
import { BeAViewer } from './lab/BeAViewer'
import { WhereTo } from './lab/WhereTo'
import { Curves } from './measures/Curves'
import classes from './measures/measures.module.css'
import { NeighborList } from './measures/NeighborList'
import { ProbeBars } from './measures/ProbeBars'
import { RunFacts } from './measures/RunFacts'
import { RunsOfVisit } from './measures/RunsOfVisit'
import { useAppStore } from './useApp'

/** How well it does, what lies near, what it knows, and questions to it. */
export function RightColumn() {
  const dataset = useAppStore((s) => s.experiment.dataset)
  const panel = useAppStore(({ experiment: { model, label }, gridObserved }) => {
    if (model.type === 'dotProduct') return 'viewer'
    if (label.task === 'multiclass') return 'where'
    return gridObserved ? 'none' : 'ask'
  })
  return (
    <div className={classes.column}>
      <Curves />
      <RunsOfVisit />
      <NeighborList />
      <ProbeBars />
      {panel === 'viewer' && <BeAViewer key={dataset.name} />}
      {panel === 'where' && <WhereTo />}
      {panel === 'ask' && <AskModel key={dataset.name} />}
      <RunFacts />
    </div>
  )
}
