import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fingerprint } from './fingerprint'

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

describe.each([
  ['with the hash of the browser', true],
  ['on a page served by plain http, where the browser keeps it back', false],
])('fingerprint, %s', (_, secure) => {
  afterEach(() => vi.unstubAllGlobals())
  const withhold = () => secure || vi.stubGlobal('crypto', {})

  it('is the SHA-256 of a file', async () => {
    withhold()
    expect(await fingerprint([new File(['a,b\n1,2\n'], 'x.csv')])).toBe(`sha256-${sha256('a,b\n1,2\n')}`)
  })

  it('is that of both ends and the size for a large file', async () => {
    withhold()
    const bytes = Uint8Array.from({ length: (8 << 20) + 1 }, (_, i) => i % 251)
    const ends = Buffer.concat([bytes.slice(0, 4 << 20), bytes.slice(-(4 << 20)), Buffer.from(String(bytes.length))])
    expect(await fingerprint([new File([bytes], 'x.csv')])).toBe(`sha256-${sha256(ends)}`)
  })
})
