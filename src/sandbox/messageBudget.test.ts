import { describe, expect, it } from 'vitest'
import { createMessageBudget, roughBytes } from './messageBudget'

describe('createMessageBudget', () => {
  it('lets sixty messages a second through for ever', () => {
    const budget = createMessageBudget(0)
    const all = Array.from({ length: 60 * 600 }, (_, i) => budget.allows(10_000, (1000 * i) / 60))
    expect(all.every(Boolean)).toBe(true)
  })

  it('ends a flood of messages, and one of bytes', () => {
    const messages = createMessageBudget(0)
    expect(Array.from({ length: 1000 }, () => messages.allows(8, 1)).indexOf(false)).toBe(600)
    const bytes = createMessageBudget(0)
    expect(Array.from({ length: 20 }, () => bytes.allows(64 * 2 ** 20, 1)).indexOf(false)).toBe(8)
  })

  it('counts arrays and texts inside a message', () => {
    expect(roughBytes({ type: 'x', list: [{ vectors: new Float32Array(1000) }] })).toBeGreaterThan(4000)
  })

  it('counts what is carried with a view, and names', () => {
    expect(roughBytes({ view: new Uint8Array(new ArrayBuffer(5000), 0, 1) })).toBeGreaterThan(5000)
    expect(roughBytes({ ['x'.repeat(3000)]: 1 })).toBeGreaterThan(6000)
  })

  it('does not lose itself in a list that is only long, or that holds another one many times over', () => {
    const long: unknown[] = []
    long.length = 2 ** 32 - 1
    expect(roughBytes({ type: 'x', long })).toBe(Number.POSITIVE_INFINITY)
    let nested: unknown[] = Array.from({ length: 1000 }, () => 0)
    for (let depth = 0; depth < 3; depth++) nested = Array<unknown>(1000).fill(nested)
    const started = performance.now()
    expect(roughBytes({ type: 'x', nested })).toBe(Number.POSITIVE_INFINITY)
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('counts a table with as many keys as it may have', () => {
    const keys = Array.from({ length: 100_000 }, () => 'key')
    expect(roughBytes({ type: 'tableDeclared', keys })).toBeLessThan(2_000_000)
  })
})
