import { useCallback, useMemo, useState } from 'react'
import { formatCount } from '../../lib/formatNumber'
import { createOneHotPicture, type OneHotProps } from '../../plots/oneHotPicture'
import type { SparseView } from '../../protocol/inspect'
import { usePlot } from '../usePlot'
import classes from './inspect.module.css'
import sparseClasses from './sparse.module.css'

type Cell = Parameters<OneHotProps['onHover']>[0]

/** The batch as a matrix with a one for each id, to be scrolled over; under it what the pointer is on. */
export function OneHotMatrix({ view }: { view: SparseView }) {
  const [hovered, setHovered] = useState<Cell>(null)
  const onHover = useCallback((cell: Cell) => setHovered(cell), [])
  const { rows, buckets, ids, offsets, dictionary, batch } = view
  const select = useMemo(() => {
    const ariaLabel = `The next batch as a one-hot matrix: ${formatCount(rows.length)} rows × ${formatCount(buckets)} buckets, ${formatCount(ids.length)} of its numbers are not 0. It scrolls.`
    const props: OneHotProps = { rows: rows.length, buckets, ids, offsets, ariaLabel, onHover }
    return () => props
  }, [rows, buckets, ids, offsets, onHover])
  const container = usePlot(createOneHotPicture, select)
  const keys = useMemo(() => new Map(dictionary.map(({ id, key }) => [id, key])), [dictionary])
  const zeros = 1 - batch.values / (rows.length * buckets)
  return (
    <section className={classes.part} aria-label="One-hot matrix">
      <h3>
        The next batch as a one-hot matrix: {formatCount(rows.length)} rows × {formatCount(buckets)} buckets
      </h3>
      <div ref={container} className={sparseClasses.matrix} />
      <p className={classes.quiet}>
        {hovered
          ? `Row ${hovered.row} of the batch (row ${formatCount((rows[hovered.row] ?? 0) + 1)} of the data), bucket ${formatCount(hovered.bucket)}: ${hovered.value}${hovered.value > 0 ? `, for ‘${keys.get(hovered.bucket)}’` : ''}`
          : `${(100 * zeros).toFixed(zeros > 0.999 ? 3 : 1)} % of its numbers are 0. Scroll: all of it is here.`}
      </p>
    </section>
  )
}
