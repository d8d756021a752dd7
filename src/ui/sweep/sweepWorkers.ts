import type { Store } from '../../store/slice'

/** As many trainers as there are processors, less one for the page. */
export function sweepWorkers(): number {
  return Math.max(1, (navigator.hardwareConcurrency || 2) - 1)
}

/** Brought files that further trainers have to open; null for built-in data, and where they are not at hand (`hasRows`). */
export function filesOf({ experiment, broughtFiles }: Pick<Store, 'experiment' | 'broughtFiles'>): File[] | null {
  const { dataset } = experiment
  return dataset.source === 'file' ? (broughtFiles[dataset.fingerprint] ?? null) : null
}

/** Whether further trainers can come by the rows. */
export function hasRows(state: Pick<Store, 'experiment' | 'broughtFiles'>): boolean {
  return state.experiment.dataset.source === 'builtin' || filesOf(state) !== null
}

/** Weights that the experiment's columns start from, for further trainers. */
export function checkpointsOf({ experiment, checkpoints }: Pick<Store, 'experiment' | 'checkpoints'>): ArrayBuffer[] {
  return experiment.columns.flatMap((column) => {
    const kept = column.type === 'embedding' && column.startFrom && checkpoints[column.startFrom.fingerprint]
    return kept ? [kept.bytes] : []
  })
}
