import type { DataSummary } from '../../experiment/dataSummary'
import classes from './data.module.css'

/** What the data is in words, where it is from, what was repaired. */
export function DataDetails({ summary }: { summary: DataSummary }) {
  return (
    <div className={classes.details}>
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
