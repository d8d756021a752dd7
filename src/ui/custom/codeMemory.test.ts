import { describe, expect, it } from 'vitest'
import { createCodeMemory } from './codeMemory'

function storage(most = Number.POSITIVE_INFINITY) {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem(key: string, value: string) {
      if (value.length > most) throw new DOMException('full', 'QuotaExceededError')
      items.set(key, value)
    },
    removeItem: (key: string) => void items.delete(key),
  }
}

describe('createCodeMemory', () => {
  it('keeps what two tabs of the page write, and forgets in both', () => {
    const shared = storage()
    const [one, other] = [createCodeMemory(shared), createCodeMemory(shared)]
    one.write('lstm', 'first')
    other.write('keras', 'second')
    one.write('lstm', 'first, changed')
    expect(createCodeMemory(shared).read('keras')).toBe('second')
    expect(other.read('lstm')).toBe('first, changed')
    expect(one.find('second')).toBe('keras')
    other.forget('keras')
    one.write('titles', 'third')
    expect(createCodeMemory(shared).read('keras')).toBeNull()
  })

  it('lets go of the document that was changed longest ago, and tells', () => {
    const dropped: string[] = []
    const memory = createCodeMemory(storage(), (document) => dropped.push(document))
    for (let i = 0; i < 24; i++) memory.write(`link-${i}`, `code ${i}`)
    memory.write('link-0', 'changed')
    memory.write('one more', 'code')
    expect(dropped).toEqual(['link-1'])
    expect(memory.read('link-1')).toBeNull()
    expect(memory.read('link-0')).toBe('changed')
  })

  it('lets go of no copy of an example, however many links are opened', () => {
    const dropped: string[] = []
    const kept = storage()
    const memory = createCodeMemory(kept, (document) => dropped.push(document))
    memory.write('lstm', 'mine')
    for (let i = 0; i < 40; i++) memory.write(`link-${i}`, `code ${i}`)
    expect(dropped.slice(0, 2)).toEqual(['link-0', 'link-1'])
    expect(createCodeMemory(kept).read('lstm')).toBe('mine')
    expect(createCodeMemory(kept).read('link-39')).toBe('code 39')
  })

  it('makes room for what a person writes among code from links where the storage is full', () => {
    const dropped: string[] = []
    const kept = storage(1000)
    const memory = createCodeMemory(kept, (document) => dropped.push(document))
    memory.write('link-a', 'a'.repeat(400))
    memory.write('link-b', 'b'.repeat(400))
    memory.write('lstm', 'mine'.repeat(50))
    expect(dropped).toEqual(['link-a'])
    expect(createCodeMemory(kept).read('lstm')).toBe('mine'.repeat(50))
    expect(createCodeMemory(kept).read('link-b')).not.toBeNull()
    // Nothing that is there would help: everything stays, for this visit at least.
    memory.write('keras', 'x'.repeat(2000))
    expect(dropped).toEqual(['link-a'])
    expect([memory.read('keras')?.length, memory.read('link-b')?.length]).toEqual([2000, 400])
  })

  it('holds code for this visit where the storage is full or refused', () => {
    for (const refusing of [storage(10), null]) {
      const memory = createCodeMemory(refusing)
      memory.write('lstm', 'mine')
      expect(memory.read('lstm')).toBe('mine')
    }
  })
})
