import type { StudentCell } from '../../transfer/planTransfer'
import type { Transfer } from '../../transfer/runTransfer'
import type { AppHandles } from '../useApp'
import { sourceWords } from './words'

/** The same run again in the playground, to be looked into: the trainer gets the source's weights first. */
export async function openStudent({ store }: Pick<AppHandles, 'store'>, transfer: Transfer, cell: StudentCell) {
  const { source } = transfer.state
  if (!source) return
  const { keepCheckpoint, openPage } = store.getState()
  const name = sourceWords(transfer.settings, transfer.given)
  await keepCheckpoint(source.bytes, name)
  const columns = cell.experiment.columns.map((column) =>
    column.type === 'embedding' && column.startFrom
      ? { ...column, startFrom: { ...column.startFrom, ckptToLoadFrom: name } }
      : column,
  )
  openPage('playground')
  const { experiment, resetView, edit, play } = store.getState()
  if (JSON.stringify(experiment.dataset) !== JSON.stringify(cell.experiment.dataset)) {
    resetView()
    store.setState({ summary: null })
  }
  edit(() => ({ ...cell.experiment, columns }))
  play()
}
