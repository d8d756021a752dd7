import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { createFrameWatch } from '../../store/frameGuard'
import type { SweepPlan } from '../../sweep/planSweep'
import type { Sweep } from '../../sweep/runSweep'
import { dimensions, filmDimensions } from '../lessons/dimensions'
import { LessonDrawer } from '../lessons/LessonDrawer'
import { describeFeatures } from '../measures/describeDifference'
import { LabLead } from '../pages/LabLead'
import classes from '../pages/labPage.module.css'
import { useFaults } from '../pages/useFaults'
import { useApp, useAppStore } from '../useApp'
import { startSweep } from './lab'
import { RunsShown } from './RunsShown'
import { SweepForm } from './SweepForm'
import { SweepResults } from './SweepResults'
import { useEstimate } from './useEstimate'
import { useLab } from './useLab'
import { usePlan } from './usePlan'
import { useSweep } from './useSweep'

/** How many dimensions? The experiment of the playground, trained once for every value and seed, and what came out. */
export function DimensionsLab() {
  const app = useApp()
  const { sweep } = useLab()
  const state = useSweep(sweep)
  const planned = usePlan()
  const faults = useFaults()
  const isFilms = useAppStore(
    ({ experiment: { dataset } }) => dataset.source === 'builtin' && dataset.name === 'movies',
  )
  const isBusy = state?.status === 'running' || state?.status === 'paused'
  const estimate = useEstimate(planned.plan, !isBusy)
  useSmoothFrames(sweep, isBusy)
  const start = (plan: SweepPlan) => startSweep(plan, app)
  // What cannot be trained leaves the picture of what could be.
  const plan = sweep?.plan ?? planned.plan
  return (
    <>
      <LessonDrawer lesson={isFilms ? filmDimensions : dimensions} />
      <div className={classes.page}>
        <div className={classes.setUp}>
          <Lead />
          <SweepForm
            planned={planned}
            faults={faults}
            estimate={sweep ? estimate : ''}
            isBusy={isBusy}
            onStart={start}
          />
        </div>
        {plan ? <SweepResults {...{ plan, sweep, state, estimate }} fault={faults.first} /> : <div />}
        <RunsShown state={state} />
      </div>
    </>
  )
}

/** What is swept, and the way to change it. */
function Lead() {
  const { store } = useApp()
  const experiment = useAppStore((s) => s.experiment)
  const title = useAppStore((s) => s.summary?.title ?? s.experiment.dataset.name)
  return (
    <LabLead title="How many dimensions?">
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
    </LabLead>
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
