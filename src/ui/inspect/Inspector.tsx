import { useId } from 'react'
import { columnName } from '../../experiment/columnName'
import type { DenseColumn } from '../../experiment/experiment'
import type { InspectTab } from '../../store/inspecting'
import { describeColumn } from '../columns/describeColumn'
import { Dialog } from '../controls/Dialog'
import { useApp, useAppStore } from '../useApp'
import { CodeTab } from './CodeTab'
import { CollisionsTab } from './CollisionsTab'
import { FlowTab } from './FlowTab'
import { InputsTab } from './InputsTab'
import classes from './inspect.module.css'
import { inspectTabs, tabTitles } from './inspectTabs'
import { SparseTab } from './SparseTab'
import { TabList } from './TabList'

interface Props {
  /** By name. */
  column: string
  tab: InspectTab
}

/** One place to look inside a column. Closes by itself when the column has gone. */
export function Inspector({ column: name, tab }: Props) {
  const { store } = useApp()
  const index = useAppStore(({ experiment }) => experiment.columns.findIndex((column) => columnName(column) === name))
  const column = useAppStore(({ experiment }) => experiment.columns[index])
  const panelId = useId()
  const { setView } = store.getState()
  const close = () => setView({ inspecting: null })
  if (!column) return null
  const tabs = inspectTabs(column)
  const shown = tabs.includes(tab) ? tab : 'flow'
  return (
    <Dialog title={`Inside ${describeColumn(column, null).title}`} widthPx={1080} onClose={close}>
      <TabList
        label="What to look at"
        tabs={tabs.map((value) => ({ value, title: tabTitles[value] }))}
        value={shown}
        panelId={panelId}
        onChange={(next) => setView({ inspecting: { column: name, tab: next } })}
      />
      <div id={panelId} role="tabpanel" aria-label={tabTitles[shown]} className={classes.panel}>
        <Panel tab={shown} column={column} index={index} />
      </div>
    </Dialog>
  )
}

function Panel({ tab, column, index }: { tab: InspectTab; column: DenseColumn; index: number }) {
  if (tab === 'code') return <CodeTab column={column} />
  if (tab === 'flow' || column.type === 'numeric') return <FlowTab column={columnName(column)} />
  if (tab === 'collisions') return <CollisionsTab column={column} index={index} />
  if (tab === 'sparse') return <SparseTab column={column} />
  return <InputsTab column={column} />
}
