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
})
