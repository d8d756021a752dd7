import { describe, expect, it } from 'vitest'
import { createMessageBudget } from './messageBudget'
import { createPace } from './pace'

/** A clock that goes on while somebody sleeps. */
function createClock() {
  let ms = 0
  const sleep = async (for_: number) => {
    ms += for_
  }
  return { now: () => ms, sleep }
}

describe('createPace', () => {
  it('lets code that asks without end ask for ever, within what the page allows', async () => {
    const { now, sleep } = createClock()
    const pace = createPace(now, sleep)
    const budget = createMessageBudget(now())
    for (let i = 0; i < 5000; i++) {
      await pace.turn()
      expect(budget.allows(8, now()), `request ${i}`).toBe(true)
      // What an evaluation says beside its requests.
      pace.count()
      expect(budget.allows(8, now()), `event ${i}`).toBe(true)
    }
  })

  it('holds nobody up who asks now and then', async () => {
    const { now, sleep } = createClock()
    const pace = createPace(now, sleep)
    for (let i = 0; i < 400; i++) await pace.turn()
    expect(now()).toBe(0)
  })

  it('gives those who ask at once one turn after the other', async () => {
    const slept: number[] = []
    const pace = createPace(
      () => 0,
      async (ms) => void slept.push(ms),
    )
    await Promise.all(Array.from({ length: 403 }, () => pace.turn()))
    expect(slept.map(Math.round)).toEqual([6, 13, 19])
  })
})
