import { expect, it } from 'vitest'
import { denseFeature } from '../columns/feature'
import { categoricalColumnWithIdentity, crossedColumn } from '../experiment/featureColumn'
import { categoricalIds } from './columnReader'

const features = { day: denseFeature('integer', [0, 6]), hour: denseFeature('integer', [0, 23]) }

it('gives an exact cross a bucket for every pair, whatever a batch holds of them', () => {
  const [day, hour] = [categoricalColumnWithIdentity('day', 7), categoricalColumnWithIdentity('hour', 24)]
  const { ids, buckets } = categoricalIds(features, crossedColumn([day, hour], 168, { exact: true }))
  expect(buckets).toBe(168)
  expect([...ids]).toEqual([0, 167])
})

it('refuses an exact cross whose size a batch would decide', () => {
  const cross = crossedColumn([categoricalColumnWithIdentity('day', 7), 'hour'], 168, { exact: true })
  expect(() => categoricalIds(features, cross)).toThrow("must know all values of 'hour'")
})
