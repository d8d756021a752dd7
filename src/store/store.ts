import { subscribeWithSelector } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import type { Experiment } from '../experiment/experiment'
import { assertNever } from '../lib/assertNever'
import type { TrainerCommand, TrainerEvent } from '../protocol/trainer'
import { createDataSlice } from './dataSlice'
import { createExperimentSlice } from './experimentSlice'
import { createRequests } from './requests'
import { createRunSlice } from './runSlice'
import type { Store, Worker } from './slice'
import { createViewSlice } from './viewSlice'

/**
 * The one store: the experiment (what is asked), the run (a mirror of the worker's), the view (how it is looked at).
 * `send` goes to the worker; what the worker says comes in through `receive`.
 */
export function createAppStore(send: Worker['send'], initial: { experiment: Experiment; play: boolean }) {
  let lastRunId = 0
  const worker: Worker = {
    send,
    nextRunId: () => ++lastRunId,
    requests: createRequests((command: TrainerCommand) => send(command)),
  }
  const store = createStore<Store>()(
    subscribeWithSelector((...args) => ({
      ...createExperimentSlice(worker, initial.experiment)(...args),
      ...createDataSlice(worker)(...args),
      ...createRunSlice(worker, initial.play)(...args),
      ...createViewSlice(worker)(...args),
    })),
  )

  function receive(event: TrainerEvent): void {
    if (worker.requests.settle(event)) return
    if ('runId' in event) {
      store.getState().applyRunEvent(event)
      return
    }
    switch (event.type) {
      case 'ready':
        store.setState({ backends: event.backends })
        return
      case 'dataProgress':
      case 'dataLoaded':
      case 'dataFailed':
        store.getState().applyDataEvent(event)
        return
      case 'deviceLost':
        store.setState({ notice: event.message })
        return
      case 'exported':
      case 'checkpointAdded':
      case 'predicted':
      case 'recommended':
      case 'recommendedNext':
      case 'inspected':
      case 'refused':
        return // the answer to a question nobody waits for any more
      default:
        assertNever(event)
    }
  }
  return { store, receive, ask: worker.requests.ask }
}

export type App = ReturnType<typeof createAppStore>
export type AppStore = App['store']
