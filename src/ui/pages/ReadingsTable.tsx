import type { ReactNode } from 'react'
import classes from './readingsTable.module.css'

interface Props {
  /** For readers that do not see what stands around it. */
  caption: string
  /** The first one heads the names of the lines. */
  columns: readonly { name: string; help?: string; isWide?: boolean }[]
  /** `cells` beside the columns after the first. */
  lines: readonly { name: string; cells: readonly ReactNode[] }[]
}

/** What came out of a lab, a line for each value of what was tried. Wider than its room it scrolls by itself. */
export function ReadingsTable({ caption, columns, lines }: Props) {
  return (
    <div className={classes.scroller}>
      <table className={classes.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, help, isWide }) => (
              <th key={name} scope="col" title={help} className={isWide ? classes.wide : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, i) => (
                <td key={columns[i + 1]?.name}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface ReadingProps {
  reading: string
  /** What it opens: `the run of dimension 4, seed 42`. */
  opens: string
  isShown: boolean
  onOpen(): void
}

/** A number of the table that opens what it was read of. */
export function Reading({ reading, opens, isShown, onOpen }: ReadingProps) {
  return (
    <button
      type="button"
      className={classes.open}
      aria-label={`${reading}: show ${opens}`}
      aria-pressed={isShown}
      onClick={onOpen}
    >
      {reading}
    </button>
  )
}
