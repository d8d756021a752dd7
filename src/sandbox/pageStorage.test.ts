import { describe, expect, it } from 'vitest'
import { pageStorage } from './pageStorage'
import type { SandboxRequest } from './protocol'

function open() {
  const asked: SandboxRequest[] = []
  const ask = async (request: SandboxRequest) => {
    asked.push(request)
    return null
  }
  return { asked, storage: pageStorage({ ask, settle: () => {} }) }
}

describe('pageStorage', () => {
  it('sends the bytes of a view alone', async () => {
    const { asked, storage } = open()
    await storage.save('a', new Uint8Array(new ArrayBuffer(1000), 10, 3))
    expect(asked).toEqual([{ op: 'save', name: 'a', bytes: new Uint8Array(3) }])
    expect(asked[0]?.op === 'save' && asked[0].bytes.buffer.byteLength).toBe(3)
  })

  it('refuses a file that the page would not take, and says what to do', async () => {
    const { asked, storage } = open()
    await expect(storage.save('m/model.ckpt-1.safetensors', new Uint8Array(65 * 2 ** 20))).rejects.toThrow(
      "'m/model.ckpt-1.safetensors' has 65 MB, and the page stores files of up to 64 MB. Fewer rows",
    )
    await expect(storage.save('m'.repeat(301), new Uint8Array(1))).rejects.toThrow('a name has 300 characters')
    expect(asked).toEqual([])
  })
})
