import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useMemo } from 'react'
import { createHeatMap } from '../../plots/heatMap'
import { selectGrid } from '../../store/gridSelectors'
import type { Store } from '../../store/slice'
import { useApp, useAppStore } from '../useApp'
import { usePlot } from '../usePlot'
import { AskHour } from './AskHour'
import { createSheetSelect } from './heatMapProps'
import classes from './lab.module.css'

const contents: { value: Store['gridShows']; label: string }[] = [
  { value: 'observed', label: 'Data' },
  { value: 'predicted', label: 'Prediction' },
  { value: 'error', label: 'Error' },
]

/** The week as 7 × 24 cells, linked with the map both ways, and a question to the model. Nothing for data without day and hour. */
export function DayHourSheet() {
  const grid = useAppStore(selectGrid)
  if (!grid) return null
  return (
    <div className={classes.sheetRoom}>
      <div className={classes.sheet}>
        <section aria-label="Day × hour">
          <SheetControls targets={grid.targets.map(({ name }) => name)} />
          <Sheet />
        </section>
        <AskHour grid={grid} />
      </div>
    </div>
  )
}

function SheetControls({ targets }: { targets: string[] }) {
  const shows = useAppStore((s) => s.gridShows)
  const target = useAppStore((s) => s.gridTarget)
  const setView = useAppStore((s) => s.setView)
  return (
    <div className={classes.sheetHead}>
      <h2>Day × hour</h2>
      {targets.length > 1 && (
        <NativeSelect
          aria-label="What the sheet shows"
          data={targets.map((name, i) => ({ value: String(i), label: name.replaceAll('_', ' ') }))}
          value={String(target)}
          onChange={(event) => setView({ gridTarget: Number(event.currentTarget.value) })}
        />
      )}
      <SegmentedControl
        aria-label="Data, prediction or error"
        data={contents}
        value={shows}
        onChange={(value) => setView({ gridShows: value })}
      />
    </div>
  )
}

function Sheet() {
  const { store } = useApp()
  const select = useMemo(() => createSheetSelect(store), [store])
  const container = usePlot(createHeatMap, select)
  return <div ref={container} className={classes.heat} />
}
