import { expect, it } from 'vitest'
import { formatBytes, formatCount, formatSetting, formatShort } from './formatNumber'

it('groups whole numbers by thousands', () => {
  expect([0, 1999, 38214].map(formatCount)).toEqual(['0', '1,999', '38,214'])
})

it('shortens large numbers to two or three digits', () => {
  expect([7, 940, 999.6, 1234, 41_300, 999_600, 2_440_000].map(formatShort)).toEqual([
    '7',
    '940',
    '1.0 k',
    '1.2 k',
    '41 k',
    '1.0 M',
    '2.4 M',
  ])
  expect(formatShort(Number.NaN)).toBe('–')
})

it('writes bytes in powers of a thousand', () => {
  expect([840, 2576, 31_000, 999_600, 31_000_000, 4e9].map(formatBytes)).toEqual([
    '840 B',
    '2.6 kB',
    '31 kB',
    '1.0 MB',
    '31 MB',
    '4.0 GB',
  ])
})

it('writes a setting without noise of the floating point', () => {
  expect([0.1 + 0.2, 0.0003, 1, 0].map(formatSetting)).toEqual(['0.3', '0.0003', '1', '0'])
})
