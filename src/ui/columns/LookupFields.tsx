import type { ColumnSummary } from '../../experiment/dataSummary'
import type { DenseColumn, Experiment } from '../../experiment/experiment'
import { TableField } from './TableField'
import { WeightField } from './WeightField'

interface Props {
  column: Exclude<DenseColumn, { type: 'numeric' }>
  /** Of the experiment, without this one. */
  others: readonly DenseColumn[]
  columns: readonly ColumnSummary[]
  label: Experiment['label']
  partner: string | null
  onPartner(partner: string | null): void
  onChange(column: DenseColumn): void
}

/** What few columns ask for: the table of another one, a weight. */
export function LookupFields({ column, others, columns, label, partner, onPartner, onChange }: Props) {
  return (
    <>
      {column.type === 'embedding' && (
        <TableField column={column} columns={others} partner={partner} onChange={onPartner} />
      )}
      <WeightField column={column} columns={columns} label={label} onChange={onChange} />
    </>
  )
}
