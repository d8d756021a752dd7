import { describe, expect, it } from 'vitest'
import { examples } from '../examples'
import { announced } from './announced'

describe('announced', () => {
  it('tells of each example what it draws', () => {
    const drawn = examples.map(({ name, code }) => [name, announced(code)])
    expect(Object.fromEntries(drawn)).toEqual({
      lstm: { series: true, tables: false },
      wideDeep: { series: false, tables: true },
      keras: { series: false, tables: true },
      titles: { series: false, tables: true },
    })
  })

  it('waits for nothing where the code draws nothing', () => {
    expect(announced("console.log('embeddings')")).toEqual({ series: false, tables: false })
  })
})
