import { describe, expect, it } from 'vitest'
import type { SandboxEvent } from './protocol'
import { createSeriesSender } from './seriesSender'

describe('createSeriesSender', () => {
  it('sends the first at once, then the newest of each title, a few times a second', () => {
    const sent: string[] = []
    let ms = 0
    const post = (event: SandboxEvent) => {
      if (event.type === 'series') sent.push(`${event.series.title}${event.series.lines[0]!.values[0]}`)
    }
    const sender = createSeriesSender(post, () => ms)
    const draw = (title: string, value: number) =>
      sender.draw({ title, unit: '', xName: '', lines: [{ name: 'x', values: Float32Array.of(value) }] })
    for (; ms < 1000; ms++) {
      draw('a', ms)
      draw('b', -ms)
    }
    expect(sent.slice(0, 3)).toEqual(['a0', 'b-99', 'a100'])
    expect(sent.length).toBeLessThan(15)
    sender.flush()
    expect(sent.slice(-2).sort()).toEqual(['a999', 'b-999'])
    sender.flush()
    expect(sent.slice(-2).sort()).toEqual(['a999', 'b-999'])
  })
})
