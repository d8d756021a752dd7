import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { Fragment, useMemo, useState } from 'react'
import { type StartKind, startKinds } from '../../experiment/transferSettings'
import { formatCount } from '../../lib/formatNumber'
import type { LearntTable } from '../../protocol/trainer'
import type { StudentCell } from '../../transfer/planTransfer'
import { transferredTable } from '../../transfer/planTransfer'
import type { Transfer, TransferState } from '../../transfer/runTransfer'
import { sizeShown } from '../../transfer/transferResults'
import page from '../pages/labPage.module.css'
import { useApp, useAppStore } from '../useApp'
import { HoursMap } from './HoursMap'
import { sourceVectors } from './loadSource'
import { openStudent } from './openStudent'
import classes from './transfer.module.css'
import { useAsk } from './useLab'
import { kindWords } from './words'

interface Learnt {
  cell: StudentCell
  table: LearntTable
}

/** The vectors before, as the source learnt them, and after, as a student of the first seed ends with them. */
export function TransferMaps({ transfer, state }: { transfer: Transfer | null; state: TransferState | null }) {
  const { plan = null, cells = NONE, source = null } = state ?? {}
  const shown = useAppStore(({ transfer: { kind, size } }) => ({ kind, size }))
  const [selected, setSelected] = useState<number | null>(null)
  const learnt = useMemo(() => {
    const first = plan?.cells[0]?.seed
    return (plan?.cells ?? []).flatMap((cell, i): Learnt[] => {
      const state = cells[i]
      return cell.seed === first && state?.state === 'done' && state.table ? [{ cell, table: state.table }] : []
    })
  }, [plan, cells])
  const sizes = [...new Set(learnt.map(({ cell }) => cell.size))].sort((a, b) => a - b)
  const size = sizeShown(sizes, shown.size)
  const after = learnt.find(({ cell }) => cell.size === size && cell.kind === shown.kind)
  const points = (after ?? learnt[0])?.table.points
  const tensor = transfer?.given?.tensor ?? transferredTable
  const before = useMemo(
    () => (source && points ? sourceVectors(source.bytes, tensor, points.keys) : null),
    [source, points, tensor],
  )
  if (!transfer || !points || !before || size === undefined) return <StillToCome />
  const { dimension } = transfer.settings
  const shared = { points, dimension, before, selected, onSelect: setSelected }
  return (
    <section className={page.stack} aria-label="Maps">
      <h2>Before: the source’s vectors</h2>
      <HoursMap {...shared} name="before" vectors={before} movedFrom={null} isOfSource />
      <h2>After: a student’s vectors</h2>
      <Which kind={shown.kind} size={size} sizes={sizes} />
      {after && (
        <HoursMap
          {...shared}
          name={`${shown.kind} ${size}`}
          vectors={after.table.vectors}
          movedFrom={shown.kind === 'fineTuned' ? before : null}
          isOfSource={shown.kind !== 'scratch'}
        />
      )}
      <p className={page.quiet}>{afterWords(shown.kind, size)}</p>
      {after && <OpenStudent transfer={transfer} cell={after.cell} />}
    </section>
  )
}

const NONE: TransferState['cells'] = []

/** What stands here as soon as a student has learnt. */
function StillToCome() {
  return (
    <section className={page.stack} aria-label="Maps">
      {['Before: the source’s vectors', 'After: a student’s vectors'].map((title) => (
        <Fragment key={title}>
          <h2>{title}</h2>
          <p className={`${page.frame} ${page.map}`}>
            <span>The hours of the week, as soon as a student has learnt</span>
          </p>
        </Fragment>
      ))}
    </section>
  )
}

function Which({ kind, size, sizes }: { kind: StartKind; size: number; sizes: number[] }) {
  const ask = useAsk()
  return (
    <div className={classes.which}>
      <SegmentedControl
        aria-label="Student"
        data={startKinds.map((each) => ({ value: each, label: kindWords[each].name }))}
        value={kind}
        onChange={(value) => ask({ kind: value as StartKind, size })}
      />
      <NativeSelect
        aria-label="Labels"
        data={sizes.map((each) => ({ value: String(each), label: `${formatCount(each)} labels` }))}
        value={String(size)}
        onChange={(event) => ask({ kind, size: Number(event.currentTarget.value) })}
      />
    </div>
  )
}

function afterWords(kind: StartKind, size: number): string {
  const labels = `${formatCount(size)} labels`
  if (kind === 'frozen')
    return `Frozen: the vectors are the source’s to the bit; only the head learnt from the ${labels}.`
  if (kind === 'fineTuned')
    return `Fine-tuned with ${labels}: faint dots are where the source had them, lines how far each hour moved. Hours without a label stay.`
  return `From scratch with ${labels}, on axes of its own: an hour without a label stays at its first random place.`
}

function OpenStudent({ transfer, cell }: { transfer: Transfer; cell: StudentCell }) {
  const app = useApp()
  return (
    <Button className={page.start!} onClick={() => void openStudent(app, transfer, cell)}>
      Open this student in the playground
    </Button>
  )
}
