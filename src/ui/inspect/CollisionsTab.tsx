import { useState } from 'react'
import type { DenseColumn, NumericColumn } from '../../experiment/experiment'
import { BucketSize } from './BucketSize'
import { CollisionCounts } from './CollisionCounts'
import { CollisionRuns } from './CollisionRuns'
import { CollisionSheet } from './CollisionSheet'
import { hashedForm } from './hashedForm'
import classes from './inspect.module.css'
import { SharedBuckets } from './SharedBuckets'
import { useInspection } from './useInspection'

interface Props {
  column: Exclude<DenseColumn, NumericColumn>
  index: number
}

/** Which values share a bucket, at any number of buckets, and what that costs the model. */
export function CollisionsTab({ column, index }: Props) {
  const { categorical } = column
  const asked = 'hashBucketSize' in categorical ? categorical.hashBucketSize : 1
  const [picked, setPicked] = useState<number | null>(null)
  const [chosen, setChosen] = useState<{ over: number; buckets: number } | null>(null)
  // Applied, or set from elsewhere meanwhile: the slider follows.
  const buckets = chosen?.over === asked ? chosen.buckets : asked
  const found = useInspection({ about: 'collisions', column: hashedForm(categorical, asked), buckets })
  const free = useInspection({ about: 'collisionFree', column: hashedForm(categorical, asked) })
  const { value } = found
  if (found.fault && !value) return <p className={classes.quiet}>{found.fault}</p>
  if (!value) return <p className={classes.quiet}>Hashing the values…</p>
  return (
    <div className={classes.stack}>
      <p className={classes.lead}>
        A hash sends each {categorical.type === 'crossed' ? 'combination' : 'value'} to a bucket without looking at the
        others. Values in one bucket share one vector: whatever the model learns about one of them, it believes of all.
      </p>
      <BucketSize
        column={column}
        index={index}
        buckets={buckets}
        values={value.values}
        free={free.value}
        onChange={(next) => setChosen({ over: asked, buckets: next })}
      />
      <CollisionCounts collisions={value} />
      {value.cells && <CollisionSheet cells={value.cells} picked={picked} onPick={setPicked} />}
      <div className={classes.halves}>
        <SharedBuckets collisions={value} picked={picked} onPick={setPicked} />
        <CollisionRuns column={column} index={index} buckets={asked} />
      </div>
    </div>
  )
}
