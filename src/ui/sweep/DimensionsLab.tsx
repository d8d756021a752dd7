import { Button } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'
import { createFrameWatch } from '../../store/frameGuard'
import type { SweepPlan } from '../../sweep/planSweep'
import type { Sweep } from '../../sweep/runSweep'
import { dimensions, filmDimensions } from '../lessons/dimensions'
import { LessonButton } from '../lessons/LessonButton'
import { LessonDrawer } from '../lessons/LessonDrawer'
import { describeFeatures } from '../measures/describeDifference'
import { useApp, useAppStore } from '../useApp'
import { lab, startSweep } from './lab'
import { RunsShown } from './RunsShown'
import { SweepForm } from './SweepForm'
import { SweepResults } from './SweepResults'
import classes from './sweep.module.css'
import { useLab } from './useLab'

/** How many dimensions? The experiment of the playground, trained once for every value and seed, and what came out. */
export function DimensionsLab() {
  const app = useApp()
  const { sweep, before } = useLab()
  const column = useAppStore((s) => s.sweepColumn)
  const data = useAppStore((s) => JSON.stringify(s.experiment.dataset))
  const isFilms = useAppStore(
    ({ experiment: { dataset } }) => dataset.source === 'builtin' && dataset.name === 'movies',
  )
  const isBusy = useIsBusy(sweep)
  useSmoothFrames(sweep, isBusy)
  const start = (plan: SweepPlan) => startSweep(plan, app)
  return (
    <>
      <LessonDrawer lesson={isFilms ? filmDimensions : dimensions} />
      <div className={classes.page}>
        <div className={classes.setUp}>
          <Experiment />
          <SweepForm key={`${column} ${data}`} column={column} isBusy={isBusy} onStart={start} />
        </div>
        {sweep ? (
          <>
            <SweepResults sweep={sweep} before={before} onShow={(shown) => lab.setState({ shown })} />
            <RunsShown sweep={sweep} />
          </>
        ) : (
          <p className={classes.empty}>
            What comes out stands here: the metric against the setting, on rows learnt from and on others; where more
            stops to help; and the map of every run.
          </p>
        )}
      </div>
    </>
  )
}

/** What is swept, and the way to change it. */
function Experiment() {
  const { store } = useApp()
  const experiment = useAppStore((s) => s.experiment)
  const title = useAppStore((s) => s.summary?.title ?? s.experiment.dataset.name)
  return (
    <div className={classes.lead}>
      <div className={classes.controls}>
        <h1 className={classes.title}>How many dimensions?</h1>
        <LessonButton />
      </div>
      <p>
        Trains the model once for every value and seed, everything else as it is, and compares them on rows that none of
        them has learnt from.
      </p>
      <p className={classes.quiet}>
        {title}: {describeFeatures(experiment)}{' '}
        <Button size="compact-xs" variant="subtle" onClick={() => store.getState().openPage('playground')}>
          Change
        </Button>
      </p>
    </div>
  )
}

/** The trainers rest where the page's frames come late. */
function useSmoothFrames(sweep: Sweep | null, isBusy: boolean): void {
  useEffect(() => {
    if (!sweep || !isBusy) return
    const frames = createFrameWatch((ms) => sweep.rest(ms))
    frames.watch(true)
    return () => {
      frames.destroy()
      sweep.rest(0)
    }
  }, [sweep, isBusy])
}

const NEVER = { subscribe: () => () => undefined, state: null }

function useIsBusy(sweep: Sweep | null): boolean {
  const { subscribe } = sweep ?? NEVER
  const status = useSyncExternalStore(subscribe, () => sweep?.state.status ?? null)
  return status === 'running' || status === 'paused'
}
