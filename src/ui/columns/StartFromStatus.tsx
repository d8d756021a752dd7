import { Button } from '@mantine/core'
import { columnName } from '../../experiment/columnName'
import type { EmbeddingColumn, StartFrom } from '../../experiment/experiment'
import { formatCount } from '../../lib/formatNumber'
import type { WarmStart } from '../../protocol/trainer'
import { useApp, useAppStore } from '../useApp'
import classes from './startFrom.module.css'

interface Props {
  column: EmbeddingColumn
  startFrom: StartFrom
  index: number
}

/** What the column started from and how much of it was found; the way out where the dimension does not fit. */
export function StartFromStatus({ column, startFrom, index }: Props) {
  const { store } = useApp()
  const started = useAppStore(
    ({ run, status }) =>
      (status !== 'failed' && run?.warmStarts?.find(({ table }) => table === columnName(column))) || null,
  )
  const dimension = useAppStore(
    ({ checkpoints }) =>
      checkpoints[startFrom.fingerprint]?.tables.find(({ name }) => name === startFrom.tensorNameInCkpt)?.dimension,
  )
  const fits = dimension === undefined || dimension === column.dimension
  return (
    <div className={classes.status}>
      <p>
        Starts from <b>{startFrom.ckptToLoadFrom}</b>, {startFrom.tensorNameInCkpt}
        {started && fits ? `: ${foundWords(started)}` : '.'}
      </p>
      {!fits && (
        <p className={classes.fault}>
          Its vectors have {dimension} {dimension === 1 ? 'number' : 'numbers'}, this column {column.dimension}:
          TensorFlow refuses such a checkpoint.
        </p>
      )}
      {!fits && (
        <Button onClick={() => store.getState().setDimension(index, dimension)}>Use its dimension, {dimension}</Button>
      )}
    </div>
  )
}

const tellers: Record<WarmStart['by'], string> = {
  key: 'by key',
  name: 'by name',
  bucket: 'by number of the bucket',
}

function foundWords({ by, values, found }: WarmStart): string {
  const known = `${formatCount(found)} of ${formatCount(values)} vectors found ${tellers[by]}`
  return found === values ? `${known}.` : `${known}; ${formatCount(values - found)} start at random.`
}
