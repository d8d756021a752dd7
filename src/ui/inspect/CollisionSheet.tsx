import { useMemo } from 'react'
import { type BucketSheetProps, createBucketSheet } from '../../plots/bucketSheet'
import { usePlot } from '../usePlot'
import collisionsClasses from './collisions.module.css'
import classes from './inspect.module.css'

/** The week, coloured by shared bucket. */
export function CollisionSheet({
  cells,
  picked,
  onPick,
}: Pick<BucketSheetProps, 'picked' | 'onPick'> & { cells: Int32Array }) {
  const select = useMemo(() => {
    const ariaLabel =
      'The hours of the week by bucket: hours of one colour and number share one. Arrows move from hour to hour, Enter picks its bucket.'
    const props: BucketSheetProps = { buckets: cells, picked, onPick, ariaLabel }
    return () => props
  }, [cells, picked, onPick])
  const container = usePlot(createBucketSheet, select)
  return (
    <section className={classes.part} aria-label="Hours by bucket">
      <h3>The week by shared bucket</h3>
      <p className={classes.quiet}>
        Hours of one colour and number are one point on the map. Pale hours share with nobody.
      </p>
      <div ref={container} className={collisionsClasses.sheet} />
    </section>
  )
}
