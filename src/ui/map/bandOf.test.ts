import { expect, it } from 'vitest'
import { bandOf, bandUnit } from './bandOf'

it('names places on the globe at their ticks, with no unit beside them', () => {
  const values = Float32Array.of(-156, -113, -70)
  const longitude = { kind: 'number', name: 'lon', title: 'longitude', unit: 'degrees east', values } as const
  expect(bandOf(longitude, 'light').ticks.map(({ label }) => label)).toEqual(['156° W', '113° W', '70° W'])
  expect(bandUnit(longitude)).toBeNull()
  expect(bandUnit({ ...longitude, unit: 'm' })).toBe('m')
})
