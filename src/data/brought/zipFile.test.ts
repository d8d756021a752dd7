import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { zipFiles } from './zipFile'

const encode = (text: string) => new TextEncoder().encode(text)

async function textOf(file: Awaited<ReturnType<typeof zipFiles>>[number]): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of file.chunks()) parts.push(chunk.slice())
  return new Blob(parts).text()
}

/** Moves size, packed size and offset of the only entry to a zip64 field, as zips over 4 GB have them. */
function asZip64(zip: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(zip.buffer, zip.byteOffset)
  const end = zip.length - 22
  const directory = view.getUint32(end + 16, true)
  const extra = new DataView(new ArrayBuffer(28))
  extra.setUint16(0, 1, true)
  extra.setUint16(2, 24, true)
  const fields = [24, 20, 42]
  fields.forEach((field, i) => {
    extra.setBigUint64(4 + 8 * i, BigInt(view.getUint32(directory + field, true)), true)
    view.setUint32(directory + field, 0xffffffff, true)
  })
  view.setUint16(directory + 30, 28, true)
  const size = end - directory + 28
  const large = new DataView(new ArrayBuffer(76))
  large.setUint32(0, 0x06064b50, true)
  large.setBigUint64(40, BigInt(size), true)
  large.setBigUint64(48, BigInt(directory), true)
  large.setUint32(56, 0x07064b50, true)
  large.setBigUint64(64, BigInt(directory + size), true)
  view.setUint32(end + 12, 0xffffffff, true)
  view.setUint32(end + 16, 0xffffffff, true)
  const parts = [zip.slice(0, end), new Uint8Array(extra.buffer), new Uint8Array(large.buffer), zip.slice(end)]
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

describe('zipFiles', () => {
  it('lists files without folders and shadow files, and unpacks packed and stored ones', async () => {
    const zip = zipSync({
      'data/': new Uint8Array(0),
      'data/a.csv': encode('x\n'.repeat(5000)),
      'data/b.csv': [encode('stored'), { level: 0 }],
      '__MACOSX/data/._a.csv': encode('?'),
    })
    const files = await zipFiles(new File([zip.slice()], 'z.zip'))
    expect(files.map((file) => [file.name, file.shown])).toEqual([
      ['a.csv', 'z.zip › a.csv'],
      ['b.csv', 'z.zip › b.csv'],
    ])
    expect(await Promise.all(files.map(textOf))).toEqual(['x\n'.repeat(5000), 'stored'])
  })

  it('reads zip64 sizes', async () => {
    const zip = asZip64(zipSync({ 'a.csv': encode('x,y\n1,2\n') }))
    const [file] = await zipFiles(new File([zip], 'large.zip'))
    expect(await textOf(file!)).toBe('x,y\n1,2\n')
  })

  it('tells damaged content and a missing directory in words', async () => {
    const zip = zipSync({ 'a.csv': encode('x,y\n'.repeat(2000)) })
    await expect(zipFiles(new File([zip.slice(0, -30)], 'cut.zip'))).rejects.toThrow('damaged or cut short')
    zip.fill(0xff, 40, 60)
    const [file] = await zipFiles(new File([zip.slice()], 'bad.zip'))
    await expect(textOf(file!)).rejects.toThrow('cannot be unpacked')
  })
})
