import { NativeSelect } from '@mantine/core'
import { keysOf, labelColumns } from '../../experiment/checkExperiment'
import type { ColumnSummary } from '../../experiment/dataSummary'
import type { DenseColumn, Label } from '../../experiment/experiment'

type WeighedColumn = Exclude<DenseColumn, { type: 'numeric' }>

interface Props {
  column: WeighedColumn
  columns: readonly ColumnSummary[]
  label: Label
  onChange(column: WeighedColumn): void
}

/** The number of the data that a row's value counts by. A mean of one value would divide the weight away again: an embedding sums. */
export function WeightField({ column, columns, label, onChange }: Props) {
  const { weightKey, ...plain } = column.categorical
  const taken = [...labelColumns(label), ...keysOf(plain)]
  const numbers = columns.filter(({ name, type }) => (type === 'integer' || type === 'number') && !taken.includes(name))
  const isWords = plain.type === 'vocabularyList' && plain.split !== undefined
  if (isWords || (numbers.length === 0 && weightKey === undefined)) return null
  return (
    <NativeSelect
      label="Weight of the value"
      description={
        weightKey === undefined
          ? 'Every value counts the same'
          : column.type === 'embedding'
            ? `The vector is multiplied by the row’s ${weightKey}, so combined by sum: a mean would divide it away again`
            : `The row’s ${weightKey} stands in the place of the 1`
      }
      data={[
        { value: '', label: 'none' },
        ...[...new Set([...numbers.map(({ name }) => name), ...(weightKey === undefined ? [] : [weightKey])])],
      ]}
      value={weightKey ?? ''}
      onChange={(event) => {
        const key = event.currentTarget.value
        if (key === '') onChange({ ...column, categorical: plain })
        else if (column.type === 'indicator') onChange({ ...column, categorical: { ...plain, weightKey: key } })
        else onChange({ ...column, combiner: 'sum', categorical: { ...plain, weightKey: key } })
      }}
    />
  )
}
