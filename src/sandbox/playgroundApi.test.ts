import { describe, expect, it } from 'vitest'
import { setDrawSeries, showSeries } from './playgroundApi'
import { parseSandboxEvent, type Series } from './protocol'

describe('showSeries', () => {
  it('draws lines that the page takes', () => {
    const drawn: Series[] = []
    setDrawSeries((series) => drawn.push(series))
    showSeries({ title: 'A forecast', lines: { forecast: [1, 2], truth: Float32Array.of(3) } })
    expect(drawn).toHaveLength(1)
    expect(parseSandboxEvent({ type: 'series', series: drawn[0] })).not.toBeNull()
  })

  it('says at its line what the page would not take', () => {
    const lines = { a: [1] }
    expect(() => showSeries({ title: 'x'.repeat(201), lines })).toThrow(
      'the title has 201 characters, and there is room for 200',
    )
    expect(() => showSeries({ title: '', unit: 'x'.repeat(51), lines })).toThrow('the unit has 51 characters')
    expect(() => showSeries({ title: '', lines: { ['y'.repeat(41)]: [1] } })).toThrow(
      'the name of a line has 41 characters',
    )
    expect(() => showSeries({ title: 3 as unknown as string, lines })).toThrow('the title is a text, not number')
    expect(() => showSeries({ title: '', lines: {} })).toThrow('one to six lines')
  })
})
