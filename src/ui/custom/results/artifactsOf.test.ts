import { describe, expect, it } from 'vitest'
import { artifactsOf, entryName } from './artifactsOf'

const blobs = (...names: string[]) => names.map((name) => ({ name, bytes: 3 }))

describe('artifactsOf', () => {
  it('lists exported models, the newest first, and nothing else', () => {
    const stored = blobs(
      'm/model.ckpt-20.safetensors',
      'm/export/latest/20/model.json',
      'm/export/latest/20/weights.bin',
      'm/export/latest/100/model.json',
      'm/export/best/best.json',
    )
    expect(artifactsOf(stored).map(({ path, files }) => [path, files.length])).toEqual([
      ['m/export/latest/100', 1],
      ['m/export/latest/20', 2],
    ])
  })

  it('leaves out a model that was not written to its end', () => {
    expect(artifactsOf(blobs('m/export/latest/20/weights.bin', 'm/export/latest/20/signature.json'))).toEqual([])
  })
})

describe('entryName', () => {
  it.each([
    ['model.json', 'model.json'],
    ['layers/1.bin', 'layers/1.bin'],
    ['../../../evil.sh', '-/-/-/evil.sh'],
    ['..\\..\\evil.bat', '-/-/evil.bat'],
    ['/etc/passwd', '-/etc/passwd'],
    ['C:evil', 'C-evil'],
    ['__proto__', '-'],
  ])('%s is unpacked as %s', (given, entry) => {
    expect(entryName('m/export/latest/8', `m/export/latest/8/${given}`)).toBe(entry)
  })
})
