import { lazy, Suspense } from 'react'
import { selectGrid } from '../store/gridSelectors'
import type { Store } from '../store/slice'
import layout from './controls/layout.module.css'
import { AskModel } from './lab/AskModel'
import { BeAViewer } from './lab/BeAViewer'
import { featureKeys } from './lab/featureKeys'
import { WhereTo } from './lab/WhereTo'
import { Curves } from './measures/Curves'
import { NeighborList } from './measures/NeighborList'
import { ProbeBars } from './measures/ProbeBars'
import { RunFacts } from './measures/RunFacts'
import { useAppStore } from './useApp'

const RunsOfVisit = lazy(async () => ({ default: (await import('./measures/RunsOfVisit')).RunsOfVisit }))
const WatchList = lazy(() => import('./lab/WatchList').then(({ WatchList }) => ({ default: WatchList })))

/** Which question to the model suits it; the sheet under the map asks for day and hour itself. */
function selectPanel(state: Store): 'viewer' | 'list' | 'where' | 'ask' | 'none' {
  const { model, label, columns } = state.experiment
  if (model.type === 'dotProduct') return 'viewer'
  if (model.type === 'watchList') return 'list'
  if (label.task === 'multiclass' && featureKeys(columns).length === 1) return 'where'
  return selectGrid(state)?.readsOnlyTheWeek ? 'none' : 'ask'
}

/** How well it does, what lies near, what it knows, and questions to it. */
export function RightColumn() {
  const dataset = useAppStore((s) => s.experiment.dataset)
  const panel = useAppStore(selectPanel)
  const hasRuns = useAppStore((s) => s.history.length > 1)
  return (
    <div className={layout.column}>
      <Curves />
      {hasRuns && (
        <Suspense fallback={null}>
          <RunsOfVisit />
        </Suspense>
      )}
      <NeighborList />
      <ProbeBars />
      {panel === 'viewer' && <BeAViewer key={dataset.name} />}
      {panel === 'list' && (
        <Suspense fallback={null}>
          <WatchList />
        </Suspense>
      )}
      {panel === 'where' && <WhereTo />}
      {panel === 'ask' && <AskModel key={dataset.name} />}
      <RunFacts />
    </div>
  )
}
