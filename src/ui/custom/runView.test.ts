import { describe, expect, it } from 'vitest'
import type { SandboxReport } from '../../sandbox/client'
import { freshRun, withReport } from './runView'

const runAfter = (reports: readonly SandboxReport[]) => reports.reduce(withReport, freshRun)
const table = (name: string, rows = 1): SandboxReport => {
  return { type: 'tableDeclared', name, rows, dimension: 1, keys: Array.from({ length: rows }, String) }
}
const series = (title: string, value: number): SandboxReport => {
  return {
    type: 'series',
    series: { title, unit: '', xName: 'x', lines: [{ name: 'a', values: Float32Array.of(value) }] },
  }
}
const read = (name: string, value: number): SandboxReport => {
  return { type: 'tableRead', name, step: 1, rows: 1, dimension: 1, vectors: Float32Array.of(value) }
}

describe('withReport', () => {
  it('leaves tables where they are when they are declared anew: the map does not jump to another one', () => {
    const { tables } = runAfter([table('day'), table('hour'), table('day', 3), table('hour')])
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['day', 3],
      ['hour', 1],
    ])
  })

  it('leaves plots where they are when they are drawn anew', () => {
    const run = runAfter([series('a', 1), series('b', 2), series('a', 3)])
    expect(run.series.map(({ title, lines }) => [title, lines[0]?.values[0]])).toEqual([
      ['a', 3],
      ['b', 2],
    ])
  })

  it('holds the newest vectors of each table', () => {
    const { vectors } = runAfter([table('day'), table('hour'), read('day', 1), read('hour', 2), read('day', 3)])
    expect(vectors.map(({ name, vectors: [value] }) => [name, value])).toEqual([
      ['day', 3],
      ['hour', 2],
    ])
  })

  it('holds so many lines, curves and plots, and no more', () => {
    const said = Array.from({ length: 1000 }, (_, i): SandboxReport[] => [
      { type: 'console', level: 'log', text: `line ${i}` },
      series(`plot ${i}`, i),
      table(`table ${i}`),
      {
        type: 'stepped',
        modelDir: `model ${i % 20}`,
        steps: Array.from({ length: 200 }, (_, at) => i * 200 + at),
        losses: Array(200).fill(1),
        stepMs: 1,
        tensors: 1,
        leakedTensors: 0,
      },
    ])
    const run = runAfter(said.flat())
    expect(run.console).toHaveLength(400)
    expect([run.series.length, run.tables.length, run.losses.length]).toEqual([12, 12, 12])
    for (const { steps } of run.losses) expect(steps.length).toBeLessThanOrEqual(2000)
  })
})
