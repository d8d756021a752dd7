import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Bytes of a file of the npm package vega-datasets, as installed. */
export function readVegaDataset(name: string): Buffer {
  const entry = createRequire(import.meta.url).resolve('vega-datasets')
  return readFileSync(join(dirname(entry), '..', 'data', name))
}
