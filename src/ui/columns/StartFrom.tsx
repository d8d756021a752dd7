import { Button, FileButton, NativeSelect } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { columnName } from '../../experiment/columnName'
import type { EmbeddingColumn } from '../../experiment/experiment'
import type { KeptCheckpoint } from '../../store/dataSlice'
import { describeFeatures } from '../measures/describeDifference'
import { useApp, useAppStore } from '../useApp'
import classes from './startFrom.module.css'

interface Props {
  column: EmbeddingColumn
  index: number
}

/** Where the first vectors come from: chance, a run of this visit, or a weights file; taken over by key. */
export function StartFrom({ column, index }: Props) {
  const { startFrom } = column
  const runs = useAppStore((s) => s.history.filter(({ experiment }) => experiment.columns.some(isEmbedding)))
  const checkpoints = useAppStore((s) => s.checkpoints)
  const kept = startFrom ? checkpoints[startFrom.fingerprint] : undefined
  const { fault, load, start, startAnew } = useStartFrom({ column, index })
  const { ask } = useApp()

  function choose(value: string): void {
    if (value === '') startAnew()
    else if (checkpoints[value]) start(checkpoints[value])
    else void load(() => weightsOfRun(Number(value)))
  }
  async function weightsOfRun(ofRun: number): Promise<[ArrayBuffer, string]> {
    const { bytes } = await ask({ type: 'exportWeights', optimizerState: false, ofRun })
    return [bytes, `run ${ofRun}`]
  }
  const isAway = startFrom && !kept
  const options = [
    { value: '', label: 'first values at random' },
    ...(isAway ? [{ value: startFrom.fingerprint, label: `${startFrom.ckptToLoadFrom} (not here)` }] : []),
    ...Object.values(checkpoints).map(({ fingerprint, name, title }) => ({
      value: fingerprint,
      label: `${name}, ${title}`,
    })),
    ...runs.map(({ runId, experiment }) => ({
      value: String(runId),
      label: `run ${runId}: ${experiment.dataset.name}, ${describeFeatures(experiment)}`,
    })),
  ]
  return (
    <div className={classes.panel}>
      <NativeSelect
        label="Start from…"
        title="TensorFlow’s ckpt_to_load_from: first vectors that were learnt before, taken over by key"
        data={options}
        value={startFrom?.fingerprint ?? ''}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <FileButton
        accept="application/json,.json"
        onChange={(file) => file && void load(async () => [await file.arrayBuffer(), file.name])}
      >
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={15} stroke={1.8} />}>
            Weights file…
          </Button>
        )}
      </FileButton>
      {startFrom && kept && kept.tables.length > 1 && (
        <NativeSelect
          label="Table"
          title="TensorFlow’s tensor_name_in_ckpt"
          data={kept.tables.map(({ name, rows, dimension }) => ({
            value: name,
            label: `${name} [${rows}, ${dimension}]`,
          }))}
          value={startFrom.tensorNameInCkpt}
          onChange={(event) => start(kept, event.currentTarget.value)}
        />
      )}
      {fault && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
      {startFrom && (
        <p className={classes.quiet}>
          A link carries the name of these weights, not the weights: who opens it needs the file.
        </p>
      )}
    </div>
  )
}

function useStartFrom({ column, index }: Props) {
  const { store } = useApp()
  const [fault, setFault] = useState<string | null>(null)

  function startAnew(): void {
    setFault(null)
    const { startFrom: _, ...plain } = column
    store.getState().setColumn(index, plain)
  }

  /** `table` left out: the one that suits best. */
  function start(checkpoint: KeptCheckpoint, table?: string): void {
    setFault(null)
    const { setColumn, restart } = store.getState()
    const { fingerprint, name } = checkpoint
    const tensorNameInCkpt = table ?? suitableTable(checkpoint, column)
    if (tensorNameInCkpt === undefined) setFault('These weights hold no embedding table.')
    // The weights that a link named, but could not bring.
    else if (column.startFrom?.fingerprint === fingerprint && table === undefined) restart()
    else setColumn(index, { ...column, startFrom: { ckptToLoadFrom: name, fingerprint, tensorNameInCkpt } })
  }

  async function load(read: () => Promise<[ArrayBuffer, string]>): Promise<void> {
    setFault(null)
    try {
      start(await store.getState().keepCheckpoint(...(await read())))
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
  }
  return { fault, load, start, startAnew }
}

/** Of the same name, else of the same dimension, else the first. */
function suitableTable({ tables }: KeptCheckpoint, column: EmbeddingColumn): string | undefined {
  const own = columnName(column)
  const found =
    tables.find(({ name }) => name === own) ??
    tables.find(({ dimension }) => dimension === column.dimension) ??
    tables[0]
  return found?.name
}

function isEmbedding({ type }: { type: string }): boolean {
  return type === 'embedding'
}
