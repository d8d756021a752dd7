import { describe, expect, it } from 'vitest'
import { createTabMemory } from './tabMemory'

function storage(first?: string) {
  const items = new Map<string, string>(first === undefined ? [] : [['custom-model', first]])
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  }
}

describe('createTabMemory', () => {
  it('gives back once what stood there before a reload', () => {
    const kept = storage()
    createTabMemory(kept, false).write({ example: 'keras', code: 'typed a moment ago' })
    const tab = createTabMemory(kept, true)
    expect(tab.takeReloaded()).toEqual({ example: 'keras', code: 'typed a moment ago' })
    expect(tab.takeReloaded()).toBeNull()
  })

  it('gives nothing to a page that was opened by a link', () => {
    const kept = storage()
    createTabMemory(kept, false).write({ example: 'lstm', code: 'mine' })
    expect(createTabMemory(kept, false).takeReloaded()).toBeNull()
  })

  it.each(['{', '[]', '{"example":"none","code":""}', 'null'])('gives nothing where %s is stored', (stored) => {
    expect(createTabMemory(storage(stored), true).takeReloaded()).toBeNull()
    expect(createTabMemory(null, true).takeReloaded()).toBeNull()
  })
})
