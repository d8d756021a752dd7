import { beforeEach, describe, expect, it, vi } from 'vitest'
import { customLesson } from '../lessons/custom'
import { createCodeMemory } from './codeMemory'
import { exampleOf, examples } from './examples'
import { checkpoint, memoryBlobs, openLab } from './testLab'

beforeEach(() => {
  vi.useFakeTimers()
})

describe('createLab', () => {
  it('answers one request after the other, and none of a run that is gone', async () => {
    const blobs = memoryBlobs()
    let open_ = 0
    let most = 0
    const load = async (document: string, name: string) => {
      most = Math.max(most, ++open_)
      await Promise.resolve()
      open_--
      return memoryBlobs().load(document, name)
    }
    const { lab, say, sent } = openLab({ ...blobs, load })
    await lab.getState().start({ fresh: true })
    say({ type: 'ready' })
    for (let requestId = 1; requestId <= 100; requestId++) {
      say({ type: 'request', requestId, request: { op: 'load', name: 'a' } })
    }
    await vi.waitFor(() => expect(sent.filter(({ type }) => type === 'answer')).toHaveLength(100))
    expect(most).toBe(1)
    const bytes = new Uint8Array(3)
    say({ type: 'request', requestId: 1, request: { op: 'save', name: 'first', bytes } })
    say({ type: 'request', requestId: 2, request: { op: 'save', name: 'second', bytes } })
    say({ type: 'failed', message: 'no', line: null, column: null, stack: null })
    await vi.advanceTimersByTimeAsync(10)
    expect(await blobs.list('lstm', '')).toEqual([])
  })

  it('watches a table that this run has, whatever was looked at before', async () => {
    const { lab, say, sent } = openLab()
    const declare = (name: string) => say({ type: 'tableDeclared', name, rows: 1, dimension: 1, keys: ['a'] })
    await lab.getState().start({ fresh: true })
    lab.getState().watch('hour')
    declare('day')
    expect(sent.at(-1)).toEqual({ type: 'watch', table: 'day' })
    declare('hour')
    expect(sent.at(-1)).toEqual({ type: 'watch', table: 'hour' })
  })

  it('keeps checkpoints by document, and lets them go when it starts afresh', async () => {
    const { lab, say, sent, blobs } = openLab()
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

  it('lets go of no other document’s checkpoints when another one is opened while it starts', async () => {
    const { lab, starts, blobs } = openLab()
    await blobs.save('keras', checkpoint, new Uint8Array(3))
    const starting = lab.getState().start({ fresh: true })
    lab.getState().openExample('keras')
    await starting
    expect(starts()).toBe(0)
    expect(lab.getState().run.status).toBe('idle')
    expect(await blobs.list('keras', '')).toHaveLength(1)
  })

  it('refuses files that are not the built-in data', async () => {
    const { lab, say, sent } = openLab()
    await lab.getState().start({ fresh: true })
    say({ type: 'request', requestId: 1, request: { op: 'read', name: 'data/../index.html' } })
    await vi.waitFor(() => expect(sent.at(-1)).toMatchObject({ type: 'refusal', requestId: 1 }))
  })

  it('takes no copy of another example for the code of a link', () => {
    const memory = createCodeMemory(null)
    memory.write('lstm', 'the same')
    const { lab } = openLab(memoryBlobs(), memory)
    lab.getState().openShared('keras', 'the same')
    expect(lab.getState()).toMatchObject({ document: expect.stringMatching(/^link-/), example: 'keras' })
    lab.getState().openShared('lstm', 'the same')
    expect(lab.getState()).toMatchObject({ document: 'lstm', example: 'lstm' })
  })

  it('holds code from a link apart from the person’s own', () => {
    const { lab } = openLab()
    lab.getState().edit('mine')
    lab.getState().openShared('lstm', 'theirs')
    expect(lab.getState().document).toMatch(/^link-/)
    lab.getState().openExample('lstm')
    expect(lab.getState().code).toBe('mine')
    lab.getState().restoreExample()
    expect(lab.getState().code).toBe(exampleOf('lstm').code)
  })

  it('shows the example that a link has beside the person’s own copy of it', () => {
    const { lab } = openLab()
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
    const { lab } = openLab()
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
