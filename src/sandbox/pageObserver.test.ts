import { describe, expect, it } from 'vitest'
import type { SpecParts, Stepped } from '../estimator/runObserver'
import { createPageObserver } from './pageObserver'
import { parseSandboxEvent, type SandboxEvent } from './protocol'

type EventOf<T extends SandboxEvent['type']> = Extract<SandboxEvent, { type: T }>

function observe() {
  const said: SandboxEvent[] = []
  let ms = 0
  const observer = createPageObserver(
    (event) => {
      // The page ends a run that says anything else.
      expect(parseSandboxEvent(event), event.type).not.toBeNull()
      said.push(event)
    },
    () => ms,
  )
  const of = <T extends SandboxEvent['type']>(type: T) =>
    said.filter((event): event is EventOf<T> => event.type === type)
  return {
    observer,
    of,
    wait(for_: number) {
      ms += for_
    },
  }
}

const step = (modelDir: string, globalStep: number): Stepped => {
  return { modelDir, globalStep, loss: globalStep, stepMs: 1, tensors: 9, leakedTensors: 0 }
}
const table = (name: string, rows = 2, dimension = 2) => ({
  name,
  rows,
  dimension,
  keys: Array.from({ length: rows }, (_, row) => `row ${row}`),
  read: async () => new Float32Array(rows * dimension).fill(name.length),
})

describe('createPageObserver', () => {
  it('tells steps of two Estimators apart, also within a moment', () => {
    const { observer, of } = observe()
    for (const globalStep of [7, 8, 9]) observer.stepped?.(step('a', globalStep))
    for (const globalStep of [1, 2]) observer.stepped?.(step('b', globalStep))
    observer.sendSteps()
    expect(of('stepped').map(({ modelDir, steps }) => [modelDir, steps])).toEqual([
      ['a', [7, 8, 9]],
      ['b', [1, 2]],
    ])
  })

  it('says less often of each the more Estimators train in turns', () => {
    const { observer, of, wait } = observe()
    for (let i = 0; i < 1000; i++, wait(1)) observer.stepped?.(step(`model ${i % 20}`, i))
    expect(of('stepped').length).toBeLessThan(40)
  })

  it('sends every table in the end, also those that nobody watched', async () => {
    const { observer, of, wait } = observe()
    for (const name of ['day', 'hour', 'cross']) observer.tableDeclared?.(table(name))
    wait(1000)
    observer.stepped?.(step('a', 5))
    await observer.flush()
    const last = new Map(of('tableRead').map(({ name, step: at, vectors }) => [name, [at, vectors[0]]]))
    expect([...last]).toEqual([
      ['day', [5, 3]],
      ['hour', [5, 4]],
      ['cross', [5, 5]],
    ])
  })

  it('shows of a spec, an evaluation and a table what there is room for, whatever they are called', () => {
    const { observer, of } = observe()
    const tensor = { dtype: 'float32', shape: [1], head: [0] }
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}`.repeat(150), tensor]))
    const spec: SpecParts = {
      mode: 'eval',
      globalStep: 1,
      predictions: many(200),
      loss: 1,
      trainOp: 'x'.repeat(5000),
      evalMetricOps: Object.keys(many(200)),
      exportOutputs: Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [`${i}`, { kind: 'predict', outputs: many(99) }]),
      ),
    }
    observer.spec?.(spec)
    expect(Object.keys(of('spec')[0]!.parts.predictions!)).toHaveLength(40)
    const metrics = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`m${i}`, i]))
    observer.evaluated?.({ modelDir: 'x'.repeat(300), name: 'eval', globalStep: 1, metrics })
    expect(Object.keys(of('evaluated')[0]!.metrics)).toHaveLength(50)
    observer.tableDeclared?.(table('t'.repeat(300)))
    expect(of('tableDeclared')[0]!.name).toHaveLength(200)
    observer.tableDeclared?.(table('wide', 2, 5000))
    expect(of('console')[0]!.text).toBe("'wide' with 2 × 5000 numbers does not fit on the map.")
  })
})
