import { describe, expect, it } from 'vitest'
import * as estimator from '../../../estimator/api'
import * as playground from '../../../sandbox/playgroundApi'
import { apiMembers, apiNames } from './apiNames'

const exported: Record<string, unknown> = { ...estimator, showSeries: playground.showSeries }

describe('the completion', () => {
  it('names everything that a model may import, and nothing else', () => {
    expect(apiNames.map(({ label }) => label).sort()).toEqual(Object.keys(exported).sort())
  })

  it.each(Object.entries(apiMembers))('names only members that %s has', (path, members) => {
    const owner = path.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], exported)
    const missing = members.filter(({ label }) => !(label in (owner as object)))
    expect(missing.map(({ label }) => label)).toEqual([])
  })

  it.each(['train', 'optimizers', 'metrics', 'initializers', 'ModeKeys'])('names every member of %s', (name) => {
    expect(apiMembers[name]?.map(({ label }) => label).sort()).toEqual(Object.keys(exported[name] as object).sort())
  })
})
