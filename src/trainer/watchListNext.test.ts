import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labDefaults } from '../experiment/labs'
import { suggestWatchList } from '../experiment/suggestWatchList'
import { createTrainerDriver } from './trainerDriver'

const driver = createTrainerDriver()
afterAll(() => driver.destroy())
const suggested = suggestWatchList(labDefaults.movies, { columns: [], nature: 'simulated' })
if (!suggested) throw new Error('The lab has no users and items any more.')
const experiment = { ...suggested, backend: 'wasm' as const, stop: { epochs: 12, patience: null } }
let lastId = 0

async function nextAfter(watched: string[]) {
  const requestId = ++lastId
  const answer = driver.next('recommendedNext', (event) => event.requestId === requestId)
  driver.send({ type: 'recommendNext', requestId, watched })
  return answer
}

beforeAll(async () => {
  driver.send({ type: 'start', runId: 1, experiment, play: true })
  await driver.next('paused', (event) => event.runId === 1)
}, 60_000)

describe('a watch list of Movies', () => {
  const children = ['Toy Story', 'Shrek', 'Finding Nemo', 'The Lion King']
  const adults = ['Pulp Fiction', 'Memento', 'Fight Club', 'Se7en']

  it('is answered at once, without what is on it, by chances that fall', async () => {
    const { items } = await nextAfter(children)
    expect(items).toHaveLength(20)
    for (const { item } of items) expect(children).not.toContain(item)
    const scores = items.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(scores[0]).toBeLessThan(1)
  })

  it('is answered otherwise than another one, while what is popular is what it is', async () => {
    const [some, others] = [await nextAfter(children), await nextAfter(adults)]
    const names = ({ items }: typeof some) => items.slice(0, 10).map(({ item }) => item)
    expect(names(some).filter((item) => names(others).includes(item)).length).toBeLessThan(6)
    const popular = new Set(some.popular.map(({ item }) => item))
    expect(others.popular.filter(({ item }) => popular.has(item)).length).toBeGreaterThan(14)
  })

  it('may be empty: then comes what comes first', async () => {
    const { items, popular } = await nextAfter([])
    const top = new Set(popular.map(({ item }) => item))
    expect(items.slice(0, 10).filter(({ item }) => top.has(item)).length).toBeGreaterThan(4)
  })

  it('holds only films of the data', async () => {
    const requestId = ++lastId
    const refused = driver.next('refused', (event) => event.requestId === requestId)
    driver.send({ type: 'recommendNext', requestId, watched: ['No Such Film'] })
    expect((await refused).message).toContain('‘No Such Film’')
  })

  it('beats what is popular on viewers it has not seen', () => {
    const last = driver
      .of('evaluated')
      .flatMap(({ evaluations }) => evaluations)
      .at(-1)
    expect(last!.validation.recall10! / last!.validation.popularity10!).toBeGreaterThan(1.3)
  })
})
