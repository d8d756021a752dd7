import { Button } from '@mantine/core'
import { categoricalName } from '../../experiment/columnName'
import type { DenseColumn, NumericColumn } from '../../experiment/experiment'
import { limits } from '../../experiment/limits'
import { formatCount } from '../../lib/formatNumber'
import type { CollisionFree } from '../../protocol/inspect'
import { NumberField } from '../controls/NumberField'
import { RangeSlider } from '../controls/RangeSlider'
import { useApp } from '../useApp'
import { bucketsAt, lastPosition, mostBuckets, positionOf } from './bucketScale'
import { hashedForm, withCategorical } from './hashedForm'
import classes from './inspect.module.css'

interface Props {
  column: Exclude<DenseColumn, NumericColumn>
  index: number
  buckets: number
  values: number
  free: CollisionFree | null
  onChange(buckets: number): void
}

/** How many buckets: a slider to try, the size without collisions, and the button that puts it into the experiment. */
export function BucketSize({ column, index, buckets, values, free, onChange }: Props) {
  const { store } = useApp()
  const { categorical } = column
  const most = Math.max(mostBuckets(values, limits.buckets), buckets)
  const inUse =
    (categorical.type === 'hashBucket' || (categorical.type === 'crossed' && !categorical.exact)) &&
    categorical.hashBucketSize === buckets
  const name = categoricalName(categorical)
  return (
    <div className={classes.size}>
      <div className={classes.sizeSlider}>
        <span className={classes.label}>Buckets to hash into</span>
        <RangeSlider
          label={`Buckets to hash ${name} into`}
          valueText={formatCount(buckets)}
          max={lastPosition}
          value={positionOf(buckets, most)}
          onChange={(position) => onChange(bucketsAt(position, most))}
        />
      </div>
      <NumberField
        aria-label="Number of buckets"
        className={classes.number!}
        value={buckets}
        min={1}
        max={limits.buckets}
        onCommit={(next) => next !== null && onChange(next)}
      />
      <FreeSize free={free} buckets={buckets} onChange={onChange} />
      <Button
        variant="filled"
        disabled={inUse}
        onClick={() =>
          store.getState().edit((experiment) => withCategorical(experiment, index, hashedForm(categorical, buckets)))
        }
      >
        {inUse ? 'In use' : `Hash into ${formatCount(buckets)}`}
      </Button>
    </div>
  )
}

function FreeSize({ free, buckets, onChange }: Pick<Props, 'free' | 'buckets' | 'onChange'>) {
  if (!free) return <span className={classes.quiet}>Searching for a size without collisions…</span>
  const { size, values } = free
  if (size === null) {
    return (
      <span className={classes.quiet}>
        No size without collisions found: {formatCount(values)} values need about {formatCount(values ** 2 / 24)}{' '}
        buckets.
      </span>
    )
  }
  return (
    <Button disabled={size === buckets} title="Every smaller size was tried" onClick={() => onChange(size)}>
      {formatCount(size)}: the fewest without a collision
    </Button>
  )
}
