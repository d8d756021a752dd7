import { IconDownload } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { chartToPng, exportChart } from '../../plots/exportChart'
import type { Transfer } from '../../transfer/runTransfer'
import { transferCsv } from '../../transfer/transferResults'
import { ActionItem, ActionMenu } from '../controls/ActionMenu'
import { saveFile } from '../saveFile'
import { sourceWords, studentWords } from './words'

interface Props {
  transfer: Transfer
  /** Holds the chart. */
  picture: RefObject<HTMLElement | null>
}

/** The results for other programs, the picture, and the source's vectors. */
export function SaveTransfer({ transfer, picture }: Props) {
  const { settings, given, state } = transfer
  const from = sourceWords(settings, given)
  const file = `transfer-to-${settings.student}`

  function drawn() {
    const { seedCount, dimension } = settings
    const { title, nature } = studentWords[settings.student]
    const caption = `Source: ${from} · dimension ${dimension} · mean and standard deviation over ${seedCount} ${seedCount === 1 ? 'seed' : 'seeds'} · ${nature}`
    return picture.current && exportChart(picture.current, `Transfer to ${title}`, caption)
  }
  async function savePng(): Promise<void> {
    const chart = drawn()
    if (chart) saveFile(`${file}.png`, await chartToPng(chart), 'image/png')
  }
  function saveSvg(): void {
    const chart = drawn()
    if (chart) saveFile(`${file}.svg`, chart.svg, 'image/svg+xml')
  }
  function saveCsv(): void {
    if (state.plan) saveFile(`${file}.csv`, transferCsv(state.plan, transfer.state.cells, from), 'text/csv')
  }

  return (
    <ActionMenu label="Save the results" icon={<IconDownload size={18} stroke={1.6} />} position="bottom-end">
      <ActionItem onClick={saveCsv}>Results as CSV</ActionItem>
      <ActionItem onClick={() => void savePng()}>Picture as PNG</ActionItem>
      <ActionItem onClick={saveSvg}>Picture as SVG</ActionItem>
      {state.source && !given && (
        <ActionItem onClick={() => saveFile('transfer-source-weights.json', state.source!.bytes, 'application/json')}>
          The source’s weights as JSON
        </ActionItem>
      )}
    </ActionMenu>
  )
}
