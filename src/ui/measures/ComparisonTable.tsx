import type { Comparison, Measured } from '../../protocol/trainer'
import { Bar } from './Bar'
import { explainComparison, formatShare, likenessTitle } from './describeComparison'
import classes from './measures.module.css'
import { formatMetric } from './metricTitles'

const formatRank = (value: number) => formatMetric(value, 2)

/** What points near one another have in common, learnt beside shuffled. */
export function ComparisonTable({ comparison }: { comparison: Comparison }) {
  const { neighbors, overlap, triplets, ranks } = comparison
  return (
    <div className={classes.probe}>
      <table className={classes.compared}>
        <thead>
          <tr>
            <th className={classes.likeness} colSpan={2}>
              {likenessTitle(comparison)}
            </th>
            <td className={classes.figure}>learnt</td>
            <td className={classes.figure}>shuffled</td>
          </tr>
        </thead>
        <tbody>
          <Figure name={`${neighbors} nearest`} measured={overlap} format={formatShare} />
          <Figure name="triples" measured={triplets} format={formatShare} />
          <Figure name="ranks" measured={ranks} format={formatRank} />
        </tbody>
      </table>
      <details className={`${classes.quiet} ${classes.explained}`}>
        <summary>What the figures say</summary>
        <p>{explainComparison(comparison)}</p>
      </details>
    </div>
  )
}

interface FigureProps {
  name: string
  measured: Measured
  format: (value: number) => string
}

function Figure({ name, measured: { learnt, shuffled }, format }: FigureProps) {
  return (
    <tr>
      <th className={classes.figureName} scope="row">
        {name}
      </th>
      <td className={classes.pair}>
        <Bar value={learnt} fill="var(--accent)" />
        <Bar value={shuffled} fill="var(--faint)" />
      </td>
      <td className={`${classes.figure} ${classes.learnt}`}>{format(learnt)}</td>
      <td className={classes.figure}>{format(shuffled)}</td>
    </tr>
  )
}
