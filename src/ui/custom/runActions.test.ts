import { beforeEach, describe, expect, it, vi } from 'vitest'
import { backendWords } from './runWords'
import { checkpoint, openLab } from './testLab'

beforeEach(() => {
  vi.useFakeTimers()
})

describe('a run in the lab', () => {
  it('runs the compiled code once the sandbox is ready', async () => {
    const { lab, sent, say } = openLab()
    lab.getState().edit('const a: number = 1')
    await lab.getState().start({ fresh: true })
    expect(lab.getState().run.status).toBe('starting')
    say({ type: 'ready' })
    expect(sent).toEqual([{ type: 'run', code: expect.stringMatching(/const a\s*= 1/) }])
    say({ type: 'done' })
    expect(lab.getState().run.status).toBe('done')
  })

  it('tells code that cannot be read without starting anything', async () => {
    const { lab, destroyed } = openLab()
    lab.getState().edit('\n(')
    await lab.getState().start({ fresh: true })
    expect(lab.getState().run).toMatchObject({ status: 'failed', at: { line: 2 } })
    expect(destroyed()).toBe(0)
  })

  it('asks after silence, and ends what stays silent for as long again', async () => {
    const { lab, say, destroyed } = openLab()
    await lab.getState().start({ fresh: true })
    say({ type: 'ready' })
    vi.advanceTimersByTime(11_000)
    expect(lab.getState()).toMatchObject({ silentSeconds: 11, run: { status: 'running' } })
    say({ type: 'alive' })
    expect(lab.getState().silentSeconds).toBeNull()
    vi.advanceTimersByTime(20_000)
    expect(lab.getState().run).toMatchObject({
      status: 'stopped',
      message: expect.stringContaining('nothing was heard'),
    })
    expect(destroyed()).toBe(1)
  })

  it('takes a computer that slept for no silence of the code', async () => {
    const { lab, say } = openLab()
    await lab.getState().start({ fresh: true })
    say({ type: 'ready' })
    vi.advanceTimersByTime(1000)
    vi.setSystemTime(Date.now() + 3_600_000)
    vi.advanceTimersByTime(1000)
    expect(lab.getState()).toMatchObject({ silentSeconds: null, run: { status: 'running' } })
    vi.advanceTimersByTime(18_000)
    expect(lab.getState().run.status).toBe('stopped')
  })

  it('gives what runs the code a minute to arrive, and blames no code for it', async () => {
    const { lab, destroyed } = openLab()
    await lab.getState().start({ fresh: true })
    vi.advanceTimersByTime(59_000)
    expect(lab.getState()).toMatchObject({ silentSeconds: null, run: { status: 'starting' } })
    vi.advanceTimersByTime(2000)
    expect(lab.getState().run).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('a slow connection?'),
    })
    expect(destroyed()).toBe(1)
  })

  it('waits for ever when it is told to', async () => {
    const { lab, say } = openLab()
    await lab.getState().start({ fresh: true })
    say({ type: 'ready' })
    vi.advanceTimersByTime(12_000)
    lab.getState().waitOn()
    vi.advanceTimersByTime(600_000)
    expect(lab.getState().run.status).toBe('running')
  })

  it('stops with time for a checkpoint, and without when that does not come', async () => {
    const { lab, say, sent, destroyed } = openLab()
    await lab.getState().start({ fresh: true })
    say({ type: 'ready' })
    lab.getState().stop()
    expect(sent.at(-1)).toEqual({ type: 'stop' })
    expect(destroyed()).toBe(0)
    expect(lab.getState().run.status).toBe('stopping')
    vi.advanceTimersByTime(3000)
    expect(destroyed()).toBe(1)
    expect(lab.getState().run.status).toBe('stopped')
  })

  it('stops at once when it is asked a second time', async () => {
    const { lab, say, destroyed } = openLab()
    await lab.getState().start({ fresh: true })
    say({ type: 'ready' })
    lab.getState().stop()
    lab.getState().stop()
    expect(destroyed()).toBe(1)
    expect(lab.getState().run).toMatchObject({ status: 'stopped', message: expect.stringMatching(/^Stopped before/) })
  })

  it('runs no model that runs in another tab, and keeps its checkpoints', async () => {
    const { lab, say, locked, starts, blobs } = openLab()
    locked.add('lstm')
    await blobs.save('lstm', checkpoint, new Uint8Array(3))
    await lab.getState().start({ fresh: true })
    expect(lab.getState().run).toMatchObject({ status: 'failed', message: expect.stringContaining('another tab') })
    expect(starts()).toBe(0)
    expect(await blobs.list('lstm', '')).toHaveLength(1)
    // The other tab has ended its run; this one lets go of the model whichever way it ends.
    locked.clear()
    await lab.getState().start({ fresh: true })
    expect([...locked]).toEqual(['lstm'])
    say({ type: 'done' })
    expect([...locked]).toEqual([])
    await lab.getState().start({ fresh: true })
    lab.getState().openExample('keras')
    expect([...locked]).toEqual([])
  })

  it('starts once, however often Run is pressed', async () => {
    const { lab, starts } = openLab()
    await Promise.all([lab.getState().start({ fresh: true }), lab.getState().start({ fresh: true })])
    await lab.getState().start({ fresh: true })
    expect(starts()).toBe(1)
  })

  it('is stopped before its sandbox is there, and before that is ready', async () => {
    const { lab, starts, destroyed, sent } = openLab()
    const starting = lab.getState().start({ fresh: true })
    lab.getState().stop()
    await starting
    expect(lab.getState().run).toMatchObject({ status: 'stopped', message: 'Stopped.' })
    expect(starts()).toBe(0)
    await lab.getState().start({ fresh: true })
    lab.getState().stop()
    expect(lab.getState().run.status).toBe('stopped')
    expect([destroyed(), sent]).toEqual([1, []])
  })

  it('tells what computes', async () => {
    const { lab, say } = openLab()
    await lab.getState().start({ fresh: true })
    say({ type: 'backend', name: 'wasm', borrowed: ['Einsum'] })
    expect(backendWords(lab.getState().run.backend!)).toEqual({
      name: 'WebAssembly, JavaScript',
      why: expect.stringContaining('Einsum'),
    })
  })
})
