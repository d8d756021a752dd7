import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { EngineRow } from './engine/engineRow'
import { tableOf, writeJson, writePart } from './writeResults'

/** The measurements of the fused executions: what each compares is said in docs/performance.md, above its table. A text is a table without rows of its own. */
const measures: Record<string, () => Promise<EngineRow[] | string>> = {
  samples: async () => (await import('./engine/samples')).sampleRows(),
  minibatch: async () => (await import('./engine/minibatch')).minibatchRows(),
  network: async () => (await import('./engine/network')).networkRows(),
  tableSizes: async () => (await import('./engine/tableSizes')).tableSizeRows(),
  webgpu: async () => (await import('./engine/webgpu')).webgpuRows(),
  memory: async () => (await import('./engine/memory')).memoryRows(),
  profile: async () => (await import('./engine/profile')).profileTable(),
  movieLens: async () => (await import('./engine/movieLens')).movieLensRows(),
}

const kept = z.object({ rows: z.array(z.looseObject({ measure: z.string() })) })

/** Runs the measures named (default: all), replaces their rows in bench/results/engine.json and their tables in docs/performance.md. */
export async function bench(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(measures, name))
  if (unknown.length > 0)
    throw new Error(`No measure ${unknown.join(', ')}: npm run bench -- engine [${Object.keys(measures).join(' | ')}]`)
  for (const name of names.length > 0 ? names : Object.keys(measures)) {
    console.log(`${name} …`)
    const measured = await measures[name]!()
    if (measured.length === 0) continue
    const isText = typeof measured === 'string'
    if (!isText) await writeJson('engine', { rows: [...(await rowsOfOthers(name)), ...measured] })
    await writePart('docs/performance.md', name, `engine ${name}`, isText ? measured : tableOfRows(measured))
  }
}

async function rowsOfOthers(measure: string) {
  const text = await readFile('bench/results/engine.json', 'utf8').catch(() => '{ "rows": [] }')
  return kept.parse(JSON.parse(text)).rows.filter((row) => row.measure !== measure)
}

/** Columns that say the same in every row are left out, but for the figures. */
function tableOfRows(rows: EngineRow[]): string {
  const subjects = ['shape', 'k', 'batch', 'optimizer', 'backend', 'threads'] as const
  const telling = subjects.filter((key) => key === 'shape' || new Set(rows.map((row) => row[key])).size > 1)
  const unit = [...new Set(rows.map((row) => row.unit))]
  const units = unit.length === 1 ? `, ${unit[0]}` : ''
  return tableOf(
    [...telling, `ours${units}`, 'peer', `peer's${units}`, 'times better', 'in the rounds'],
    rows.map((row) => [
      ...telling.map((key) => (typeof row[key] === 'number' ? row[key].toLocaleString('en') : row[key])),
      figure(row.ours, units ? '' : row.unit),
      row.peerName,
      figure(row.peer, units ? '' : row.unit),
      `**${figure(row.ratio, '')}**`,
      `${figure(row.ratioMin, '')} … ${figure(row.ratioMax, '')}`,
    ]),
  )
}

/** Three digits, four below 1. */
function figure(value: number, unit: string): string {
  const text =
    value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(value < 1 ? 4 : 3)))
  return unit ? `${text} ${unit}` : text
}
