import type { StateCreator } from 'zustand/vanilla'
import type { TrainerCommand } from '../protocol/trainer'
import type { DataSlice } from './dataSlice'
import type { ExperimentSlice } from './experimentSlice'
import type { Requests } from './requests'
import type { RunSlice } from './runSlice'
import type { ViewSlice } from './viewSlice'

export type Store = ExperimentSlice & DataSlice & RunSlice & ViewSlice

export interface Worker {
  send(command: TrainerCommand, transfer?: Transferable[]): void
  requests: Requests
  /** Runs of this visit are counted; the worker keeps replaced ones under these ids. */
  nextRunId(): number
}

export type Slice<T> = StateCreator<Store, [['zustand/subscribeWithSelector', never]], [], T>
