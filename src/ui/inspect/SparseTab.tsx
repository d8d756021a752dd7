import { useState } from 'react'
import { categoricalName } from '../../experiment/columnName'
import type { DenseColumn, NumericColumn } from '../../experiment/experiment'
import { formatBytes, formatCount } from '../../lib/formatNumber'
import type { SparseBytes, SparseView } from '../../protocol/inspect'
import classes from './inspect.module.css'
import { OneHotMatrix } from './OneHotMatrix'
import sparseClasses from './sparse.module.css'
import { TimedProduct } from './TimedProduct'
import { useInspection } from './useInspection'
import { weightText } from './VectorCells'

/** The same batch as a one-hot matrix, a dictionary and triplets; what each weighs, and what the dense product costs. */
export function SparseTab({ column }: { column: Exclude<DenseColumn, NumericColumn> }) {
  const { value: view, fault } = useInspection({ about: 'sparse', column: categoricalName(column.categorical) })
  return (
    <div className={classes.stack}>
      {fault && <p className={classes.warning}>{fault}</p>}
      {!view && !fault && <p className={classes.quiet}>Reading the next batch…</p>}
      {view && (
        <>
          <OneHotMatrix view={view} />
          <div className={sparseClasses.thirds}>
            <Dictionary view={view} />
            <Triplets view={view} />
            <Bytes view={view} />
          </div>
          <TimedProduct buckets={view.buckets} dimension={column.type === 'embedding' ? column.dimension : 2} />
        </>
      )}
    </div>
  )
}

const FEW = 8
const MORE = 200

function MoreButton({ total, shown, onMore }: { total: number; shown: number; onMore(): void }) {
  if (total <= shown) return null
  return shown >= MORE ? (
    <p className={classes.quiet}>and {formatCount(total - shown)} more</p>
  ) : (
    <button type="button" className={sparseClasses.textButton} onClick={onMore}>
      {formatCount(total - shown)} more
    </button>
  )
}

function Dictionary({ view: { dictionary, buckets, dictionaryBytes } }: { view: SparseView }) {
  const [shown, setShown] = useState(FEW)
  return (
    <section className={classes.part} aria-label="Dictionary">
      <h3>Dictionary: value to id</h3>
      <p className={classes.quiet}>
        {formatCount(buckets)} ids in {formatBytes(dictionaryBytes)}; of this batch:
      </p>
      <dl className={sparseClasses.dictionary}>
        {dictionary.slice(0, shown).map(({ id, key }) => (
          <div key={id}>
            <dt>{key === '' ? '(no value)' : key}</dt>
            <dd>{formatCount(id)}</dd>
          </div>
        ))}
      </dl>
      <MoreButton total={dictionary.length} shown={shown} onMore={() => setShown(MORE)} />
    </section>
  )
}

function Triplets({ view }: { view: SparseView }) {
  const [shown, setShown] = useState(FEW)
  const triplets = tripletsOf(view, shown)
  return (
    <section className={classes.part} aria-label="Sparse triplets">
      <h3>Triplets: only {view.weights ? 'the weights' : 'the ones'}</h3>
      <table className={sparseClasses.triplets}>
        <thead>
          <tr>
            <th scope="col">row</th>
            <th scope="col">column</th>
            <th scope="col">value</th>
          </tr>
        </thead>
        <tbody>
          {triplets.map(({ row, id, at, weight }) => (
            <tr key={at}>
              <td>{row}</td>
              <td>{formatCount(id)}</td>
              <td>{weightText(weight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <MoreButton total={view.ids.length} shown={shown} onMore={() => setShown(MORE)} />
    </section>
  )
}

function tripletsOf({ ids, offsets, weights }: SparseView, most: number) {
  let row = 0
  return Array.from(ids.subarray(0, most), (id, at) => {
    while (offsets[row + 1]! <= at) row++
    return { row, id, at, weight: weights ? weights[at]! : 1 }
  })
}

const forms: { title: string; help: string; read(bytes: SparseBytes): number }[] = [
  { title: 'one-hot matrix', help: 'A 32-bit number for every bucket of every row', read: ({ oneHot }) => oneHot },
  { title: 'triplets', help: 'Row, column and value, 32 bits each', read: ({ triplets }) => triplets },
  { title: 'ids alone', help: 'What this page computes with', read: ({ ids }) => ids },
]

function Bytes({ view: { batch, all, rows } }: { view: SparseView }) {
  return (
    <section className={classes.part} aria-label="Bytes">
      <h3>What it weighs</h3>
      <table className={classes.compared}>
        <thead>
          <tr>
            <th scope="col">as</th>
            <th scope="col">this batch, {formatCount(rows.length)} rows</th>
            <th scope="col">all {formatCount(all.rows)} rows</th>
          </tr>
        </thead>
        <tbody>
          {forms.map(({ title, help, read }) => (
            <tr key={title}>
              <th scope="row" title={help}>
                {title}
              </th>
              <td>{formatBytes(read(batch))}</td>
              <td>{formatBytes(read(all))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
