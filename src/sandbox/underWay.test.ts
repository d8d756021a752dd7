import { describe, expect, it } from 'vitest'
import { createUnderWay } from './underWay'

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

describe('createUnderWay', () => {
  it('ends after all that is asked for one after the other, also when it fails', async () => {
    const underWay = createUnderWay(nextTask)
    const said: string[] = []
    async function main() {
      for (const name of ['data', 'checkpoint']) {
        await underWay.track(nextTask().then(nextTask))
        said.push(name)
      }
      await underWay.track(Promise.reject(new Error('no'))).catch(() => said.push('refused'))
    }
    void main()
    await underWay.ended()
    expect(said).toEqual(['data', 'checkpoint', 'refused'])
  })

  it('ends at once where nothing is under way', async () => {
    await createUnderWay(nextTask).ended()
  })
})
