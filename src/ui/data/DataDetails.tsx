import { Box } from '@mantine/core'
import type { DataSummary } from '../../experiment/dataSummary'
import classes from './data.module.css'

/** Five rows as they are, what the data is in words, where it is from, what was repaired. */
export function DataDetails({ summary }: { summary: DataSummary }) {
  return (
    <div className={classes.details}>
      <SampleRows summary={summary} />
      <p>{summary.natureText}</p>
      <dl className={classes.sources}>
        <dt>Source</dt>
        <dd>{summary.source}</dd>
        <dt>Licence</dt>
        <dd>{summary.licence}</dd>
      </dl>
      {summary.warnings.length > 0 && (
        <ul className={classes.warnings}>
          {summary.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

export function SampleRows({ summary }: { summary: DataSummary }) {
  return (
    // A scrolling region must be reachable by keyboard.
    <Box component="section" className={classes.scroll} aria-label="Sample rows" tabIndex={0}>
      <table className={classes.rows}>
        <thead>
          <tr>
            {summary.columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {summary.sampleRows.map((row) => (
            <tr key={row.join('\u0000')}>
              {row.map((cell, i) => (
                <td key={summary.columns[i]?.name ?? i}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  )
}
