import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { formatCount } from '../../lib/formatNumber'
import classes from './pointTable.module.css'

interface Props {
  /** From 0. */
  page: number
  pages: number
  pageSize: number
  total: number
  onPage(page: number): void
}

export function Pager({ page, pages, pageSize, total, onPage }: Props) {
  const first = total === 0 ? 0 : page * pageSize + 1
  const last = Math.min(total, (page + 1) * pageSize)
  return (
    <div className={classes.pager}>
      <span>
        {formatCount(first)}–{formatCount(last)} of {formatCount(total)}
      </span>
      <span className={classes.grow} />
      <ActionIcon aria-label="Previous page" disabled={page === 0} onClick={() => onPage(page - 1)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <ActionIcon aria-label="Next page" disabled={page >= pages - 1} onClick={() => onPage(page + 1)}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </div>
  )
}
