import { readFile } from 'node:fs/promises'

/** For tests and benchmarks in Node: what the page fetches, from `public/`. */
export async function readPublicFile(path: string): Promise<ArrayBuffer> {
  const bytes = await readFile(new URL(`../../../public/${path}`, import.meta.url))
  return new Uint8Array(bytes).buffer
}
