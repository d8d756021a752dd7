import { readFile } from 'node:fs/promises'
import { expect, it, vi } from 'vitest'
import { createFusedModel } from '../engine/cpu/createFusedModel'
import { labDefaults } from '../experiment/labs'
import type { ResidentTrainable } from '../model/trainable'
import type { TrainerEvent } from '../protocol/trainer'
import { createCheckpointFiles } from './checkpointFiles'
import { createDataSets } from './dataSets'
import { deviceLost } from './deviceLost'
import type { Executions } from './executions'
import { createRunKeeper } from './runKeeper'
import { createScheduler } from './scheduler'
import { createSerialize } from './serialize'

// Real runs: a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 })
vi.mock('./deviceLost', () => ({ deviceLost: vi.fn() }))

/**
 * A keeper whose first run is said to be on a graphics card, which is lost by `lose`; the next one is set up once `proceed` is called. `change` the
 * first run's model; `cpuFailures`: how often it cannot be set up without the card.
 */
function openKeeper(change: (model: ResidentTrainable) => ResidentTrainable = (model) => model, cpuFailures = 0) {
  const [lost, ready] = [deferred<string>(), deferred<void>()]
  vi.mocked(deviceLost).mockReturnValue(lost.promise)
  const events: TrainerEvent[] = []
  let isLost = false
  let failures = cpuFailures
  const executions: Executions = {
    infos: async () => [],
    warm: () => undefined,
    async create(encoded, experiment) {
      if (isLost) await ready.promise
      if (isLost && failures-- > 0) throw new Error('No memory is left.')
      const model = createFusedModel(encoded, experiment)!
      const chosen = { reason: '', threads: 1 }
      return isLost ? { ...chosen, backend: 'wasm', model } : { ...chosen, backend: 'webgpu', model: change(model) }
    },
    strikeOff() {
      isLost = true
      return true
    },
  }
  const read = async (path: string) => {
    const bytes = await readFile(`public/${path}`)
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  }
  const keeper = createRunKeeper((event) => events.push(event), createSerialize(), {
    dataSets: createDataSets(read),
    executions,
    checkpoints: createCheckpointFiles(),
    scheduler: createScheduler(),
    now: () => performance.now(),
  })
  const seen = (type: TrainerEvent['type'], times = 1) =>
    vi.waitFor(() => expect(events.filter((event) => event.type === type).length).toBeGreaterThanOrEqual(times), 20_000)
  return { keeper, events, seen, lose: () => lost.resolve('unplugged'), proceed: () => ready.resolve() }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

const experiment = { ...labDefaults.movies, stop: { epochs: null, patience: null } }
const start = { type: 'start', runId: 1, experiment, play: true } as const

it('plays on without the graphics card, from the step that was kept', async () => {
  const { keeper, events, seen, lose, proceed } = openKeeper()
  keeper.expect(1)
  keeper.setPace(120)
  await keeper.start(start, 1, () => true)
  await seen('progress')
  lose()
  await seen('deviceLost')
  proceed()
  await seen('started', 2)
  await seen('played', 2)
  expect(events.findLast((event) => event.type === 'started')!.run.backend).toBe('wasm')
  await keeper.destroy()
})

it('keeps to a pause and a learning rate that came while it was set up without the graphics card', async () => {
  const { keeper, events, seen, lose, proceed } = openKeeper()
  keeper.expect(1)
  keeper.setPace(120)
  await keeper.start(start, 1, () => true)
  await seen('progress')
  lose()
  await seen('deviceLost')
  const evaluated = events.filter(({ type }) => type === 'evaluated').length
  keeper.current()!.pause()
  keeper.tune(0.003, 2)
  proceed()
  // It looks closely at what it stands on, which a run that plays does not.
  await seen('evaluated', 1 + evaluated)
  expect(events.filter(({ type }) => type === 'played')).toHaveLength(1)
  expect(keeper.current()!.playing).toBe(false)
  expect(keeper.current()!.training.learningRate).toBe(0.003)
  await keeper.destroy()
})

it('frees what the run on the lost graphics card held', async () => {
  const dispose = vi.fn()
  const { keeper, seen, lose, proceed } = openKeeper((model) => ({ ...model, dispose }))
  keeper.expect(1)
  await keeper.start(start, 1, () => true)
  await seen('progress')
  expect(dispose).not.toHaveBeenCalled()
  lose()
  proceed()
  await seen('started', 2)
  await vi.waitFor(() => expect(dispose).toHaveBeenCalledOnce())
  await keeper.destroy()
})

it('says so where the graphics card is lost before there was anything to go on from', async () => {
  const save = () => Promise.reject(new Error('The device is gone.'))
  const { keeper, events, seen, lose } = openKeeper((model) => ({ ...model, save }))
  keeper.expect(1)
  await keeper.start(start, 1, () => true)
  lose()
  await seen('failed', 2)
  expect(events.at(-1)).toMatchObject({ type: 'failed', message: 'The run was lost before its first checkpoint.' })
  await keeper.destroy()
})

it('keeps a run that could not be set up without the graphics card, to be returned to', async () => {
  const { keeper, events, seen, lose, proceed } = openKeeper(undefined, 1)
  keeper.expect(1)
  await keeper.start(start, 1, () => true)
  await seen('progress')
  lose()
  proceed()
  await seen('failed')
  expect(events.at(-1)).toMatchObject({ type: 'failed', message: 'No memory is left.' })
  expect(keeper.current()).toBeNull()
  expect((await keeper.weightsOfRun(1, false)).experiment.seed).toBe(experiment.seed)
  keeper.expect(2)
  await keeper.start({ ...start, type: 'returnToRun' }, 2, () => false)
  expect(keeper.current()!.prepared.info.backend).toBe('wasm')
  await keeper.destroy()
})
