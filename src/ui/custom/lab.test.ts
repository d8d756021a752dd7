import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { BlobDatabase } from '../../sandbox/blobDatabase'
import type { SandboxReport } from '../../sandbox/client'
import type { SandboxCommand } from '../../sandbox/protocol'
import { customLesson } from '../lessons/custom'
import { createCodeMemory } from './codeMemory'
import { exampleOf, examples } from './examples'
import { createLab } from './lab'
import { backendWords } from './runWords'

function memoryBlobs(): BlobDatabase {
  const blobs = new Map<string, Uint8Array>()
  const key = (document: string, name: string) => `${document}\0${name}`
  return {
    save: async (document, name, bytes) => void blobs.set(key(document, name), bytes),
    load: async (document, name) => blobs.get(key(document, name)) ?? null,
    list: async (document, prefix) =>
      [...blobs]
        .filter(([name]) => name.startsWith(key(document, prefix)))
        .map(([name, bytes]) => ({ name: name.split('\0')[1]!, bytes: bytes.length })),
    delete: async (document, name) => void blobs.delete(key(document, name)),
    clear: async (document) => {
      for (const name of blobs.keys()) if (name.startsWith(key(document, ''))) blobs.delete(name)
    },
  }
}

function open(blobs = memoryBlobs()) {
  const sent: SandboxCommand[] = []
  const hears: ((report: SandboxReport) => void)[] = []
  let destroyed = 0
  let starts = 0
  const lab = createLab({
    memory: createCodeMemory(null),
    blobs,
    nowMs: () => Date.now(),
    readFile: async () => new Uint8Array([1]),
    openedFiles: () => ({ files: [], dateOrders: {} }),
    startSandbox(onReport) {
      starts++
      hears.push(onReport)
      return { send: (command) => sent.push(command), destroy: () => destroyed++ }
    },
  })
  return {
    lab,
    sent,
    say: (report: SandboxReport) => hears.at(-1)!(report),
    blobs,
    destroyed: () => destroyed,
    starts: () => starts,
  }
}

const checkpoint = 'm/model.ckpt-20.safetensors'

beforeEach(() => {
  vi.useFakeTimers()
})

describe('createLab', () => {
  it('runs the compiled code once the sandbox is ready', async () => {
    const { lab, sent, say } = open()
    lab.getState().edit('const a: number = 1')
    await lab.getState().start({ fresh: true })
    expect(lab.getState().run.status).toBe('starting')
    say({ type: 'ready' })
    expect(sent).toEqual([{ type: 'run', code: expect.stringMatching(/const a\s*= 1/) }])
    say({ type: 'done' })
    expect(lab.getState().run.status).toBe('done')
  })

  it('tells code that cannot be read without starting anything', async () => {
    const { lab, destroyed } = open()
    lab.getState().edit('\n(')
    await lab.getState().start({ fresh: true })
    expect(lab.getState().run).toMatchObject({ status: 'failed', at: { line: 2 } })
    expect(destroyed()).toBe(0)
  })

  it('asks after silence, and ends what stays silent for as long again', async () => {
    const { lab, say, destroyed } = open()
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

  it('waits for ever when it is told to', async () => {
    const { lab, say } = open()
    await lab.getState().start({ fresh: true })
    say({ type: 'ready' })
    vi.advanceTimersByTime(12_000)
    lab.getState().waitOn()
    vi.advanceTimersByTime(600_000)
    expect(lab.getState().run.status).toBe('running')
  })

  it('stops with time for a checkpoint, and without when that does not come', async () => {
    const { lab, say, sent, destroyed } = open()
    await lab.getState().start({ fresh: true })
    say({ type: 'ready' })
    lab.getState().stop()
    expect(sent.at(-1)).toEqual({ type: 'stop' })
    expect(destroyed()).toBe(0)
    vi.advanceTimersByTime(3000)
    expect(destroyed()).toBe(1)
    expect(lab.getState().run.status).toBe('stopped')
  })

  it('keeps checkpoints by document, and lets them go when it starts afresh', async () => {
    const { lab, say, sent, blobs } = open()
    await blobs.save('keras', checkpoint, new Uint8Array(3))
    await lab.getState().start({ fresh: false })
    const bytes = new Uint8Array(5)
    say({ type: 'request', requestId: 1, request: { op: 'save', name: checkpoint, bytes } })
    await vi.waitFor(() => expect(sent.at(-1)).toEqual({ type: 'answer', requestId: 1, value: null }))
    say({ type: 'done' })
    await vi.waitFor(() => expect(lab.getState().stored).toEqual([{ name: checkpoint, bytes: 5 }]))
    await lab.getState().start({ fresh: true })
    expect(await blobs.list('lstm', '')).toEqual([])
    expect(await blobs.list('keras', '')).toHaveLength(1)
  })

  it('starts once, however often Run is pressed', async () => {
    const { lab, starts } = open()
    await Promise.all([lab.getState().start({ fresh: true }), lab.getState().start({ fresh: true })])
    await lab.getState().start({ fresh: true })
    expect(starts()).toBe(1)
  })

  it('is stopped before its sandbox is there, and before that is ready', async () => {
    const { lab, starts, destroyed, sent } = open()
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

  it('lets go of no other document’s checkpoints when another one is opened while it starts', async () => {
    const { lab, starts, blobs } = open()
    await blobs.save('keras', checkpoint, new Uint8Array(3))
    const starting = lab.getState().start({ fresh: true })
    lab.getState().openExample('keras')
    await starting
    expect(starts()).toBe(0)
    expect(lab.getState().run.status).toBe('idle')
    expect(await blobs.list('keras', '')).toHaveLength(1)
  })

  it('tells what computes', async () => {
    const { lab, say } = open()
    await lab.getState().start({ fresh: true })
    say({ type: 'backend', name: 'wasm', borrowed: ['Einsum'] })
    expect(backendWords(lab.getState().run.backend!)).toEqual({
      name: 'WebAssembly, JavaScript',
      why: expect.stringContaining('Einsum'),
    })
  })

  it('refuses files that are not the built-in data', async () => {
    const { lab, say, sent } = open()
    await lab.getState().start({ fresh: true })
    say({ type: 'request', requestId: 1, request: { op: 'read', name: 'data/../index.html' } })
    await vi.waitFor(() => expect(sent.at(-1)).toMatchObject({ type: 'refusal', requestId: 1 }))
  })

  it('holds code from a link apart from the person’s own', () => {
    const { lab } = open()
    lab.getState().edit('mine')
    lab.getState().openShared('lstm', 'theirs')
    expect(lab.getState().document).toMatch(/^link-/)
    lab.getState().openExample('lstm')
    expect(lab.getState().code).toBe('mine')
    lab.getState().restoreExample()
    expect(lab.getState().code).toBe(exampleOf('lstm').code)
  })

  it('shows the example that a link has beside the person’s own copy of it', () => {
    const { lab } = open()
    const { code } = exampleOf('lstm')
    lab.getState().openShared('lstm', code)
    expect(lab.getState()).toMatchObject({ document: 'lstm', hasOwnCopy: false })
    lab.getState().edit('mine')
    lab.getState().openShared('lstm', code)
    const { document } = lab.getState()
    expect(lab.getState()).toMatchObject({ document: expect.stringMatching(/^link-/), code, hasOwnCopy: true })
    lab.getState().edit('theirs, changed')
    lab.getState().openShared('lstm', code)
    expect(lab.getState().code).toBe(code)
    expect(lab.getState().document).not.toBe(document)
    lab.getState().openExample('lstm')
    expect(lab.getState().code).toBe('mine')
  })
})

describe('the lesson of the custom model lab', () => {
  it('has steps to read, in pairs of asterisks, and opens each example once', async () => {
    const { lab } = open()
    const { steps } = customLesson(lab)
    const opened: string[] = []
    for (const { body, action } of steps) {
      expect(body.split('*').length % 2).toBe(1)
      if (!action) continue
      action.apply({} as never, {} as never)
      await vi.waitFor(() => expect(lab.getState().run.status).toBe('starting'))
      opened.push(lab.getState().example)
    }
    expect(opened.sort()).toEqual(examples.map(({ name }) => name).sort())
  })
})
