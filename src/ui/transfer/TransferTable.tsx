import { formatCount } from '../../lib/formatNumber'
import type { SizeSummary, TransferSummary } from '../../transfer/transferResults'
import { startKinds } from '../../transfer/transferSettings'
import { lab } from './lab'
import classes from './transfer.module.css'
import { useLab } from './useLab'
import { formatR2, kindWords } from './words'

/** A line for each number of labels, mean ± deviation; each opens its map. */
export function TransferTable({ sizes, summary }: { sizes: readonly number[]; summary: TransferSummary }) {
  return (
    <div className={classes.scroller}>
      <table className={classes.table}>
        <caption className="visually-hidden">
          Validation R² by labels and student, mean ± standard deviation over the seeds
        </caption>
        <thead>
          <tr>
            <th scope="col">labels</th>
            {startKinds.map((kind) => (
              <th key={kind} scope="col" title={kindWords[kind].help}>
                {kindWords[kind].name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sizes.map((size) => (
            <tr key={size}>
              <th scope="row">{formatCount(size)}</th>
              {startKinds.map((kind) => {
                const point = summary[kind].find((each) => each.size === size)
                return <td key={kind}>{point ? <Reading kind={kind} point={point} /> : '–'}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Reading({ kind, point }: { kind: (typeof startKinds)[number]; point: SizeSummary }) {
  const { shown } = useLab()
  const { size, count, mean, deviation } = point
  const reading = count < 2 ? formatR2(mean) : `${formatR2(mean)} ± ${formatR2(deviation)}`
  return (
    <button
      type="button"
      className={classes.open}
      aria-label={`${reading}: show the map of ${kindWords[kind].name} with ${formatCount(size)} labels`}
      aria-pressed={shown.kind === kind && shown.size === size}
      onClick={() => lab.setState({ shown: { kind, size } })}
    >
      {reading}
    </button>
  )
}
