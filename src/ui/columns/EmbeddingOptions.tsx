import { Checkbox, NativeSelect } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { EmbeddingColumn } from '../../experiment/experiment'
import { NumberField } from '../controls/NumberField'
import { useApp } from '../useApp'
import classes from './columns.module.css'

const StartFrom = lazy(async () => ({ default: (await import('./StartFrom')).StartFrom }))

/** What is rarely changed of an embedding: combiner, trainable, spread of the initial weights, largest norm. */
export function EmbeddingOptions({ column, index }: { column: EmbeddingColumn; index: number }) {
  const { store } = useApp()
  const change = (part: Partial<EmbeddingColumn>) => store.getState().setColumn(index, { ...column, ...part })
  return (
    <div className={classes.options}>
      <NativeSelect
        label="Combiner"
        title="How the vectors of a row with several values become one"
        data={['mean', 'sum', 'sqrtn']}
        value={column.combiner}
        onChange={(event) => {
          const combiner = event.currentTarget.value
          if (combiner === 'mean' || combiner === 'sum' || combiner === 'sqrtn') change({ combiner })
        }}
      />
      <NumberField
        label="Initial spread"
        title="Standard deviation of the initial weights, a truncated normal; empty: 1/√dimension, as in TensorFlow"
        placeholder="1/√dimension"
        value={column.initializerStddev}
        min={0.000001}
        max={10}
        integer={false}
        emptyMeans={null}
        onCommit={(initializerStddev) => change({ initializerStddev })}
      />
      <NumberField
        label="Longest vector"
        title="max_norm: a longer vector is looked up scaled down to this length; empty: as long as it is"
        placeholder="no bound"
        value={column.maxNorm ?? null}
        min={0.000001}
        max={1_000_000}
        integer={false}
        emptyMeans={null}
        onCommit={(maxNorm) => change({ maxNorm: maxNorm ?? undefined })}
      />
      <Checkbox
        className={classes.trainable}
        checked={column.trainable}
        onChange={(event) => change({ trainable: event.currentTarget.checked })}
        label="Trainable: its vectors move"
      />
      <Suspense fallback={null}>
        <StartFrom column={column} index={index} />
      </Suspense>
    </div>
  )
}
