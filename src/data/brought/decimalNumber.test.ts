import { describe, expect, it } from 'vitest'
import { createRandom } from '../../lib/random'
import { type NumberStyle, numberStyle, parseNumber } from './decimalNumber'

function read(text: string, style: NumberStyle = 'point'): number {
  const bytes = new TextEncoder().encode(text)
  return parseNumber(bytes, 0, bytes.length, style)
}

describe('parseNumber', () => {
  it('gives the very double that JavaScript gives', () => {
    const random = createRandom(3)
    for (let round = 0; round < 2000; round++) {
      const value = (random.normal() * 10 ** (random.integer(30) - 15)).toPrecision(1 + random.integer(17))
      expect(read(value)).toBe(Number(value))
    }
    for (const text of ['0', '-0.5', '+7', '.5', '5.', ' 12 ', '1e3', '2.5E-4', '9007199254740993', '3.3e38']) {
      expect(read(text)).toBe(Number(text))
    }
  })

  it('reads thousands separators in groups of three only', () => {
    expect(read('1,234,567.5')).toBe(1234567.5)
    expect(read('1.234.567,5', 'comma')).toBe(1234567.5)
    expect(read('12,5', 'comma')).toBe(12.5)
    for (const text of ['12,34', '1,2345', '1234,567', ',123', '1,23.4']) expect(read(text)).toBeNaN()
  })

  it('takes nothing else for a number', () => {
    for (const text of [
      '',
      '-',
      'abc',
      '1a',
      '1.2.3',
      '--1',
      '0x10',
      'Infinity',
      'NaN',
      '1e',
      'e5',
      '2012-10-02',
      '1 2',
      '1e400',
      '-1e39',
      '9'.repeat(400),
    ]) {
      expect(read(text)).toBeNaN()
    }
  })
})

describe('numberStyle', () => {
  it('tells decimal commas from decimal points by what only one of them can be', () => {
    expect(numberStyle(['12', '3,5'])).toBe('comma')
    expect(numberStyle(['1.234,50'])).toBe('comma')
    expect(numberStyle(['288.28', '1'])).toBe('point')
    expect(numberStyle(['1,234.5'])).toBe('point')
    expect(numberStyle(['1.234', '1,234', '5'])).toBeNull()
  })
})
