import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { DataSummary } from '../../experiment/dataSummary'
import type { Experiment } from '../../experiment/experiment'
import { formatCount } from '../../lib/formatNumber'
import { kindTitles } from '../columns/columnKinds'
import { type ColumnUse, crossedWith, presentUse, usesFor, withUse } from './columnUse'
import classes from './data.module.css'

interface Props {
  summary: DataSummary
  suggestion: Experiment
  onChange(suggestion: Experiment): void
}

/** The columns of a file as they were read, and what each is used as. */
export function ColumnsTable({ summary, suggestion, onChange }: Props) {
  // What is used comes first; the order then stays while uses are changed.
  const [columns] = useState(() => [
    ...summary.columns.filter(({ name }) => presentUse(suggestion, name) !== 'none'),
    ...summary.columns.filter(({ name }) => presentUse(suggestion, name) === 'none'),
  ])
  return (
    <section className={classes.tableScroll} aria-label="Columns of the file">
      <table className={classes.columns}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
            <th scope="col">Distinct</th>
            <th scope="col">Missing</th>
            <th scope="col">For example</th>
            <th scope="col">Used as</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">{column.name}</th>
              <td>{column.derivedFrom ? `from ${column.derivedFrom}` : column.type}</td>
              <td className={classes.number}>{formatCount(column.distinct)}</td>
              <td className={classes.number}>{formatCount(column.missing)}</td>
              <td className={classes.samples}>{column.samples.slice(0, 3).join(' · ')}</td>
              <td>
                <NativeSelect
                  aria-label={`Use of ${column.name}`}
                  data={usesFor(suggestion, column).map((use) => ({
                    value: use,
                    label: titleOf(use, crossedWith(suggestion, column.name)),
                  }))}
                  value={presentUse(suggestion, column.name)}
                  onChange={(event) => {
                    const use = usesFor(suggestion, column).find((possible) => possible === event.currentTarget.value)
                    if (use) onChange(withUse(suggestion, column, use))
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function titleOf(use: ColumnUse, partners: string[]): string {
  switch (use) {
    case 'label':
      return 'What is predicted'
    case 'cross':
      return `In a cross with ${partners.join(', ')}`
    case 'none':
      return 'Not used'
    default:
      return kindTitles[use].title
  }
}
