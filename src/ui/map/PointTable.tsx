import { useMemo, useState } from 'react'
import { memoizeLast } from '../../lib/memoizeLast'
import { selectPoint } from '../../store/gridSelectors'
import { selectMapData, selectSelectedRow, selectSimilarity, selectVisible } from '../../store/selectors'
import type { Store } from '../../store/slice'
import layout from '../controls/layout.module.css'
import { useApp, useAppStore } from '../useApp'
import { useThrottled } from '../useThrottled'
import { NothingFound } from './NothingFound'
import { Pager } from './Pager'
import type { Sorting } from './pointRows'
import classes from './pointTable.module.css'
import { type TablePage, tablePage } from './tableColumns'
import { tableTitle } from './tableTitle'

const PAGE_SIZE = 100
/** Calm enough to read while training goes on. */
const REFRESH_MS = 500

/** The points of the map as rows: sortable, filtered by legend and search. */
export function PointTable() {
  const { store } = useApp()
  const [sorting, setSorting] = useState<Sorting>({ column: { by: 'label' }, descending: false })
  const filter = useAppStore(filterOf)
  const [opened, setOpened] = useState({ filter, page: 0 })
  // Another table, search or legend filter begins at its first page.
  const page = opened.filter === filter ? opened.page : 0
  const setPage = (next: number) => setOpened({ filter, page: next })
  const selectedRow = useAppStore(selectSelectedRow)
  const title = useAppStore((s) => tableTitle(s.points?.table ?? ''))
  const selectPage = useMemo(() => {
    const derive = memoizeLast(tablePage)
    return (s: Store) =>
      derive(selectMapData(s), selectVisible(s), selectSelectedRow(s), selectSimilarity(s), sorting, page, PAGE_SIZE)
  }, [sorting, page])
  const shown = useThrottled(selectPage, REFRESH_MS)
  const pages = Math.max(1, Math.ceil(shown.total / PAGE_SIZE))

  return (
    <div className={classes.tableBox}>
      <NothingFound />
      <section className={classes.scroll} aria-label={`Points of ${title}`}>
        <table className={classes.table}>
          <caption className="visually-hidden">
            The points of {title}: name, training rows, attributes and coordinates
          </caption>
          <HeadRow
            columns={shown.columns}
            sorting={sorting}
            onSort={(next) => {
              setSorting(next)
              setPage(0)
            }}
          />
          <tbody>
            {shown.rows.map(({ row, key, cells }) => (
              <tr key={row} aria-current={row === selectedRow}>
                <th scope="row" className={classes.text}>
                  <button
                    type="button"
                    className={`${layout.textButton} ${classes.rowButton}`}
                    onClick={() => selectPoint(store.getState(), key)}
                  >
                    {cells[0]}
                  </button>
                </th>
                {cells.slice(1).map((cell, i) => (
                  <td
                    key={shown.columns[i + 1]?.title}
                    className={shown.columns[i + 1]?.numeric ? undefined : classes.text}
                  >
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Pager page={Math.min(page, pages - 1)} pages={pages} pageSize={PAGE_SIZE} total={shown.total} onPage={setPage} />
    </div>
  )
}

/** Names what the rows are: another name, another list. */
function filterOf({ runId, points, search, colorBy, hiddenCategories }: Store): string {
  return JSON.stringify([runId, points?.table, search, colorBy, hiddenCategories])
}

interface HeadProps {
  columns: TablePage['columns']
  sorting: Sorting
  onSort(sorting: Sorting): void
}

function HeadRow({ columns, sorting, onSort }: HeadProps) {
  return (
    <thead>
      <tr>
        {columns.map(({ title, sortBy, numeric, descendingFirst }) => {
          const active = JSON.stringify(sortBy) === JSON.stringify(sorting.column)
          const direction = sorting.descending ? 'descending' : 'ascending'
          return (
            <th
              key={title}
              scope="col"
              className={numeric ? undefined : classes.text}
              aria-sort={active ? direction : 'none'}
            >
              <button
                type="button"
                className={classes.sort}
                onClick={() => onSort({ column: sortBy, descending: active ? !sorting.descending : descendingFirst })}
              >
                {title}
                <span aria-hidden="true">{active ? (sorting.descending ? ' ↓' : ' ↑') : ''}</span>
              </button>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
