import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { headers, sandboxHeaders, sandboxPath, sandboxPolicy } from '../scripts/headers'

const page = readFileSync(`public/${sandboxPath}`, 'utf8')

describe('the document that runs custom models', () => {
  it('says of itself what its header says', () => {
    expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="${sandboxPolicy}" />`)
    expect(sandboxHeaders['Content-Security-Policy']).toBe(
      `${sandboxPolicy}; frame-ancestors 'self'; sandbox allow-scripts`,
    )
  })

  it('runs its own script only, and names no host', () => {
    const script = page.match(/<script>(.*)<\/script>/s)?.[1] ?? ''
    const hash = createHash('sha256').update(script).digest('base64')
    expect(sandboxPolicy).toContain(`'sha256-${hash}'`)
    expect(sandboxPolicy).toContain("connect-src 'none'")
    expect(sandboxPolicy).not.toMatch(/'self'|https?:|data:|\*/)
  })

  it('leaves the page as strict as it was', () => {
    expect(headers['Content-Security-Policy']).not.toMatch(/script-src[^;]*(unsafe-eval'|blob:)(?<!wasm-unsafe-eval')/)
  })
})
