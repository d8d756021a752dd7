import { Button, NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { overlayTables } from '../../sweep/overlayTables'
import type { SweepState } from '../../sweep/runSweep'
import page from '../pages/labPage.module.css'
import { useApp, useAppStore } from '../useApp'
import { lab } from './lab'
import { OverlayFigures } from './OverlayFigures'
import { RunCurves } from './RunCurves'
import { RunMap } from './RunMap'
import { type RunChoice, runChoices } from './runChoices'
import classes from './runsShown.module.css'
import { useLab } from './useLab'
import { useTable } from './useTable'

/** A run's map and curve, and another one laid over it: what stays the same when it is trained again? */
export function RunsShown({ state }: { state: SweepState | null }) {
  const { choices, first, second } = useChosen(state)
  const read = useTable(first, null)
  const table = read && 'table' in read ? read.table : null
  const readOver = useTable(second, table?.points.table ?? null)
  const over = second && readOver && 'table' in readOver ? readOver.table : null
  const overlay = useMemo(() => {
    if (!table || !over) return null
    const [own, other] = [table, over].map(({ points, dimension, vectors }) => {
      return { keys: points.keys, counts: points.counts, dimension, vectors }
    })
    return overlayTables(own!, other!)
  }, [table, over])
  if (!first) return <StillToCome />
  const fault = [read, second ? readOver : null].flatMap((each) => (each && 'fault' in each ? [each.fault] : []))[0]
  return (
    <section className={classes.shown} aria-label="Runs looked at">
      <div className={classes.choices}>
        <NativeSelect
          label="Run"
          data={choices.map(({ id, title }) => ({ value: id, label: title }))}
          value={first.id}
          onChange={(event) => lab.setState({ shown: event.currentTarget.value })}
        />
        <NativeSelect
          label="Compared with"
          data={[
            { value: '', label: 'none' },
            ...choices.filter(({ id }) => id !== first.id).map(({ id, title }) => ({ value: id, label: title })),
          ]}
          value={second?.id ?? ''}
          onChange={(event) => lab.setState({ over: event.currentTarget.value || null })}
        />
      </div>
      {fault && <p className={page.fault}>{fault}</p>}
      {table && <RunMap id={first.id} table={table} overlay={over && overlay} overId={second?.id ?? ''} />}
      {over && <OverlayFigures overlay={overlay} />}
      <RunCurves first={first} second={second} />
      <OpenRun run={first} />
    </section>
  )
}

/** What stands here as soon as a run is done. */
function StillToCome() {
  return (
    <section className={classes.shown} aria-label="Runs looked at">
      <div className={classes.choices}>
        <NativeSelect label="Run" data={['none yet']} disabled />
        <NativeSelect label="Compared with" data={['none']} disabled />
      </div>
      <figure className={page.figure}>
        <p className={`${page.frame} ${page.map}`}>
          <span>
            The map of a run appears here when the first is done. Laid over another run’s: is it the same shape again?
          </span>
        </p>
        <figcaption className={page.mapLegend} />
      </figure>
      <p className={`${page.frame} ${classes.curve}`}>
        <span>Its learning curve</span>
      </p>
    </section>
  )
}

function useChosen(state: SweepState | null) {
  const kept = useLab()
  const cells = state?.cells ?? null
  const { store } = useApp()
  const visit = useAppStore(({ history, evaluations }) => ({ history, evaluations }))
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the choices are read from is the state of sweep and store.
  const choices = useMemo(() => runChoices(kept, store.getState()), [kept, cells, visit, store])
  const first = choices.find(({ id }) => id === kept.shown) ?? choices[0] ?? null
  const second = choices.find(({ id }) => id === kept.over && id !== first?.id) ?? null
  return { choices, first, second }
}

function OpenRun({ run }: { run: RunChoice }) {
  const { store } = useApp()
  if ('runId' in run.from) return null
  function open(): void {
    const { edit, play, openPage } = store.getState()
    edit(({ backend }) => ({ ...run.experiment, backend }))
    openPage('playground')
    play()
  }
  return (
    <Button className={page.start!} onClick={open}>
      Train it again in the playground
    </Button>
  )
}
