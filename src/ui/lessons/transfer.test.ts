import { beforeEach, expect, it, vi } from 'vitest'
import { labDefaults } from '../../experiment/labs'
import { defaultTransfer } from '../../experiment/transferSettings'
import { createAppStore } from '../../store/store'
import { planTransfer, sourceExperiment } from '../../transfer/planTransfer'
import { lab } from '../transfer/lab'
import type { AppHandles } from '../useApp'
import { transferLesson } from './transfer'

const { store } = createAppStore(() => {}, { experiment: labDefaults.dayHour, play: false })
let started = 0
const startTrainer = () => {
  started++
  return { send: () => {}, destroy: () => {} }
}
const app = { store, startTrainer } as unknown as AppHandles
const apply = (step: number) => transferLesson.steps[step]!.action!.apply(store.getState(), app)

beforeEach(() => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 })
  started = 0
  lab.getState().transfer?.cancel()
  const transfer = { ...defaultTransfer, targets: ['cars'], dimension: 2, student: 'television' } as const
  store.getState().setView({ transfer })
  lab.setState({ transfer: null })
})

it('has six steps, each with something to read and to set', () => {
  expect(transferLesson.steps).toHaveLength(6)
  for (const { body, action } of transferLesson.steps) {
    expect(body.split('*').length % 2).toBe(1)
    expect(action).not.toBeNull()
  }
})

it('trains the taxis with three sources, and looks at 20 labels from scratch', () => {
  apply(0)
  const { transfer } = lab.getState()
  const settings = store.getState().transfer
  expect(started).toBe(1)
  expect(transfer?.state.status).toBe('source')
  expect(settings).toMatchObject({ targets: ['cars', 'bike_members', 'bike_visitors'], dimension: 3, student: 'taxi' })
  expect(settings).toMatchObject({ kind: 'scratch', size: 20 })
  expect(transfer?.settings.sizes).toContain(20)
})

it('shows the student that each step is about, and trains nothing for it', () => {
  const shown = [1, 2, 3].map((step) => {
    apply(step)
    const { kind, size } = store.getState().transfer
    return { kind, size }
  })
  expect(shown).toEqual([
    { kind: 'frozen', size: 20 },
    { kind: 'fineTuned', size: 2000 },
    { kind: 'scratch', size: 2000 },
  ])
  expect(started).toBe(0)
})

it('trains with one target, then television with all three', () => {
  apply(4)
  expect(sourceExperiment(lab.getState().transfer!.settings).label).toMatchObject({ targets: [{ column: 'cars' }] })
  apply(5)
  const { settings } = lab.getState().transfer!
  expect(sourceExperiment(settings).label).toMatchObject({ targets: [{}, {}, {}] })
  const startFrom = { ckptToLoadFrom: 'source', fingerprint: '1', tensorNameInCkpt: 'day_X_hour_embedding' }
  expect(planTransfer(settings, startFrom).cells[0]!.experiment.dataset).toMatchObject({ name: 'television' })
})

it('sets sources that are trained here: a file that was loaded before steps aside', () => {
  const given = { title: 'a', bytes: new ArrayBuffer(1), fingerprint: '', tensor: '', dimension: 2, found: 168 }
  for (const step of [0, 4, 5]) {
    lab.setState({ given })
    store.getState().setView({ transfer: { ...defaultTransfer, source: 'a' } })
    apply(step)
    expect(lab.getState().transfer!.given).toBeNull()
  }
})
