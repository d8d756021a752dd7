import { formatCount } from '../../lib/formatNumber'
import type { Collisions } from '../../protocol/inspect'
import collisionsClasses from './collisions.module.css'
import classes from './inspect.module.css'

interface Props {
  collisions: Collisions
  /** The bucket that stands out; null = none. */
  picked: number | null
  onPick(bucket: number | null): void
}

/** Who shares a vector with whom, the fullest bucket first. Picking one outlines its hours in the sheet. */
export function SharedBuckets({ collisions: { groups, groupCount, cells }, picked, onPick }: Props) {
  const hidden = groupCount - groups.length
  return (
    <section className={classes.part} aria-label="Values that share a bucket">
      <h3>Who shares a vector</h3>
      {groupCount === 0 ? (
        <p className={classes.quiet}>Nobody: each value has a bucket of its own.</p>
      ) : (
        <ul className={collisionsClasses.groups}>
          {groups.map(({ bucket, labels, values, rows }) => (
            <li key={bucket}>
              <button
                type="button"
                className={collisionsClasses.group}
                aria-pressed={picked === bucket}
                title={cells ? 'Outline these hours in the sheet' : undefined}
                onClick={() => onPick(picked === bucket ? null : bucket)}
              >
                <span className={collisionsClasses.bucket}>bucket {formatCount(bucket)}</span>
                <span>
                  {labels.join(' · ')}
                  {values > labels.length && ` · +${formatCount(values - labels.length)} more`}
                </span>
                <span className={classes.quiet}>{formatCount(rows)} rows</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 && <p className={classes.quiet}>And {formatCount(hidden)} more buckets with two values or more.</p>}
    </section>
  )
}
