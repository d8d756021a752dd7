import { formatCount } from '../../lib/formatNumber'
import { crossingOf, sizeShown, sizesOf, type TransferSummary } from '../../transfer/transferResults'
import classes from '../pages/labPage.module.css'
import { formatR2, shownGain } from './words'

/** The answer in two sentences: what the source is worth at a size, and for how long. `summary` null: nothing is trained yet. */
export function TransferVerdict({ summary, size }: { summary: TransferSummary | null; size: number | null }) {
  if (!summary) {
    return (
      <p className={`${classes.answer} ${classes.quiet}`} data-long>
        How well three students do with few labels and with many, and what the source’s vectors are worth to them.
      </p>
    )
  }
  const sizes = sizesOf(summary)
  const read = sizeShown(sizes, size)
  const [scratch, frozen, fineTuned] = [summary.scratch, summary.frozen, summary.fineTuned].map((points) =>
    points.find((point) => point.size === read),
  )
  if (read === undefined || !scratch || !frozen || !fineTuned) {
    return (
      <p className={`${classes.answer} ${classes.quiet}`} data-long>
        The answer comes as soon as all three students have learnt once.
      </p>
    )
  }
  const gain = shownGain(Math.max(frozen.mean, fineTuned.mean), scratch.mean)
  return (
    <p className={classes.answer} data-long>
      With {formatCount(read)} labels R² is <b>{formatR2(frozen.mean)}</b> frozen, <b>{formatR2(fineTuned.mean)}</b>{' '}
      fine-tuned and <b>{formatR2(scratch.mean)}</b> from scratch: the source’s vectors are worth <b>{gain}</b>.{' '}
      {crossingWords(crossingOf(summary), sizes.at(-1)!)}
    </p>
  )
}

function crossingWords(crossing: ReturnType<typeof crossingOf>, most: number): string {
  if (crossing === 'before') return 'Starting from scratch is no worse than the frozen vectors at any number of labels.'
  if (crossing === null)
    return `Up to ${formatCount(most)} labels, starting from scratch stays behind the frozen vectors.`
  const about = Number(crossing.toPrecision(2))
  return `From about ${formatCount(about)} labels on, starting from scratch does better than the frozen vectors: what they cannot say, labels do.`
}
