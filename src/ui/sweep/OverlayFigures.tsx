import { formatCount } from '../../lib/formatNumber'
import type { Overlay } from '../../sweep/overlayTables'
import { Bar } from '../measures/Bar'
import page from '../pages/labPage.module.css'
import classes from './runsShown.module.css'

/** How much of two runs is the same, beside what chance gives. */
export function OverlayFigures({ overlay }: { overlay: Overlay | null }) {
  if (!overlay) return <p className={page.quiet}>The two have too few points in common to lay them over one another.</p>
  const { residual, shuffled, rows } = overlay
  return (
    <div className={classes.figures} role="status">
      <table className={classes.residuals}>
        <caption>
          Residual: what differs of the spread of {formatCount(rows.length)} points after the second run was moved,
          turned, mirrored and scaled to lie on the first
        </caption>
        <tbody>
          <Figure name="these two" share={residual} fill="var(--accent)" />
          <Figure name="names shuffled" share={shuffled} fill="var(--faint)" />
        </tbody>
      </table>
    </div>
  )
}

function Figure({ name, share, fill }: { name: string; share: number; fill: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={classes.barCell}>
        <Bar value={share} fill={fill} />
      </td>
      <td>{percentText(share)}</td>
    </tr>
  )
}

/** Two digits that count: `0.48 %`, `4.8 %`, `48 %`. */
function percentText(share: number): string {
  if (!Number.isFinite(share)) return '–'
  const percent = 100 * share
  if (percent < 0.01) return '< 0.01 %'
  return `${percent.toFixed(percent < 1 ? 2 : percent < 10 ? 1 : 0)} %`
}
