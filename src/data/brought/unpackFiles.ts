import { DataError } from '../table'
import { gzipFile, plainFile, type SourceFile } from './sourceFile'
import { zipFiles } from './zipFile'

/** The files to read from, those in zips and gzips unpacked lazily. Told apart by their first bytes, not their names. */
export async function unpackFiles(files: File[]): Promise<SourceFile[]> {
  const unpacked = await Promise.all(files.map(unpackFile))
  return unpacked.flat()
}

async function unpackFile(file: File): Promise<SourceFile[]> {
  const first = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  const magic = String.fromCharCode(...first)
  if (first.length === 0) throw new DataError('The file is empty.', { file: file.name })
  if (magic === 'PAR1') {
    throw new DataError('Parquet is not read yet: save the table as CSV, for example with pandas’ to_csv.', {
      file: file.name,
    })
  }
  if (first[0] === 0x1f && first[1] === 0x8b) return [gzipFile(file)]
  if (!magic.startsWith('PK\u0003\u0004') && !magic.startsWith('PK\u0005\u0006')) return [plainFile(file)]
  if (/\.(xlsx|xlsm|ods)$/i.test(file.name)) {
    throw new DataError('This is a spreadsheet: save the sheet as CSV and drop that.', { file: file.name })
  }
  const inside = await zipFiles(file)
  if (inside.length === 0) throw new DataError('The zip file is empty.', { file: file.name })
  return inside
}
