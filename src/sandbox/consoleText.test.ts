import { describe, expect, it } from 'vitest'
import { consoleText } from './consoleText'

describe('consoleText', () => {
  it.each([
    ['texts and numbers', ['a', 1, null, undefined, true], 'a 1 null undefined true'],
    ['objects and lists', [{ a: ['x', 2] }], '{ a: ["x", 2] }'],
    ['typed arrays, with their length', [Float32Array.of(1, 2)], 'Float32Array(2) [1, 2]'],
    ['a map', [new Map([['a', { b: 1 }]])], 'Map(1) { "a" → { b: 1 } }'],
    ['a set', [new Set([1, 'b'])], 'Set(2) [1, "b"]'],
    ['a date', [new Date(0), new Date('x')], '1970-01-01T00:00:00.000Z no date'],
    ['a promise, which somebody forgot to await', [Promise.resolve(1)], 'Promise (await it)'],
    ['an error', [new RangeError('no')], 'RangeError: no'],
    ['what lies too deep', [{ a: { b: { c: { d: 1 } } } }], '{ a: { b: { c: {…} } } }'],
  ])('shows %s', (_, values, text) => {
    expect(consoleText(values)).toBe(text)
  })

  it('cuts long lists and long texts', () => {
    expect(consoleText([Array.from({ length: 30 }, (_, i) => i)])).toMatch(/19, … 10 more\]$/)
    expect(consoleText(['x'.repeat(9000)])).toHaveLength(4001)
  })
})
