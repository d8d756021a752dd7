import { IconDownload } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { type ChartPicture, chartToPng, exportChart } from '../../plots/exportChart'
import type { SweepPlan } from '../../sweep/planSweep'
import { resultsCsv } from '../../sweep/resultsCsv'
import type { CellState } from '../../sweep/sweepResults'
import { settingName } from '../../sweep/sweepSetting'
import { ActionItem, ActionMenu } from '../controls/ActionMenu'
import { describeFeatures } from '../measures/describeDifference'
import { saveFile } from '../saveFile'
import { useApp } from '../useApp'
import { planWords } from './planWords'

interface Props {
  plan: SweepPlan
  cells: readonly CellState[]
  chart: RefObject<HTMLElement | null>
}

/** The results as a table for other programs, and as the picture. */
export function SaveSweep({ plan, cells, chart }: Props) {
  const { store } = useApp()
  const name = settingName(plan.setting, plan.base)
  const file = `sweep of ${name}`.replaceAll(/[^\w.]+/g, '-').replace(/-$/, '')

  function picture(): ChartPicture | null {
    const data = store.getState().summary?.title ?? plan.base.dataset.name
    const caption = [data, describeFeatures(plan.base), planWords(plan)].join(' · ')
    return chart.current && exportChart(chart.current, `Sweep of ${name}`, caption)
  }
  async function savePng(): Promise<void> {
    const drawn = picture()
    if (drawn) saveFile(`${file}.png`, await chartToPng(drawn), 'image/png')
  }
  function saveSvg(): void {
    const drawn = picture()
    if (drawn) saveFile(`${file}.svg`, drawn.svg, 'image/svg+xml')
  }

  return (
    <ActionMenu label="Save the results" icon={<IconDownload size={18} stroke={1.6} />} position="bottom-end">
      <ActionItem onClick={() => saveFile(`${file}.csv`, resultsCsv(plan, cells), 'text/csv')}>
        Results as CSV
      </ActionItem>
      <ActionItem onClick={() => void savePng()}>Picture as PNG</ActionItem>
      <ActionItem onClick={saveSvg}>Picture as SVG</ActionItem>
    </ActionMenu>
  )
}
