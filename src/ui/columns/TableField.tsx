import { NativeSelect } from '@mantine/core'
import { categoricalName, columnName } from '../../experiment/columnName'
import type { DenseColumn, EmbeddingColumn } from '../../experiment/experiment'
import { tablesToShare } from '../../experiment/withSharedTable'

interface Props {
  column: EmbeddingColumn
  columns: readonly DenseColumn[]
  /** Name of the column whose table it looks its rows up in; null: one of its own. */
  partner: string | null
  onChange(partner: string | null): void
}

/** One table for two columns, where they number the same things. */
export function TableField({ column, columns, partner, onChange }: Props) {
  const offered = tablesToShare(column, columns)
  if (offered.length === 0) return null
  return (
    <NativeSelect
      label="Table of vectors"
      description={
        partner === null
          ? 'Rows that only this column looks up'
          : 'Both columns look up and train the same rows, with the settings of the other; what they hold must mean the same'
      }
      data={[
        { value: '', label: 'its own' },
        ...offered.map((one) => ({ value: columnName(one), label: `shared with ${categoricalName(one.categorical)}` })),
      ]}
      value={offered.some((one) => columnName(one) === partner) ? (partner ?? '') : ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  )
}
