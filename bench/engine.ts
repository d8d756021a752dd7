import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type EngineRow, engineRowSchema } from './engine/engineRow'
import { type Part, type ShapeName, shapes } from './engine/shapes'
import { tableOf, writeJson, writePart } from './writeResults'

/** The measurements of the fused executions: what each compares is said in docs/performance.md, above its table. A text is a table without rows of its own. */
const measures: Record<string, (part: Part) => Promise<EngineRow[] | string>> = {
  samples: async (part) => (await import('./engine/samples')).sampleRows(part),
  minibatch: async (part) => (await import('./engine/minibatch')).minibatchRows(part),
  stock: async () => (await import('./engine/minibatch')).stockRows(),
  network: async () => (await import('./engine/network')).networkRows(),
  tableSizes: async () => (await import('./engine/tableSizes')).tableSizeRows(),
  webgpu: async () => (await import('./engine/webgpu')).webgpuRows(),
  memory: async () => (await import('./engine/memory')).memoryRows(),
  webgpuMemory: async () => (await import('./engine/memory')).webgpuMemoryRows(),
  profile: async () => (await import('./engine/profile')).profileTable(),
  movieLens: async () => (await import('./engine/movieLens')).movieLensRows(),
}

const kept = z.object({ rows: z.array(engineRowSchema) })

/**
 * Runs the measures named (default: all), replaces their rows in bench/results/engine.json and their tables in docs/performance.md. `samples:c` and
 * `samples:c:8` run samples on shape c alone, of all dimensions or one, and leave the other rows.
 */
export async function bench(names: string[]): Promise<void> {
  for (const { name, part } of (names.length > 0 ? names : Object.keys(measures)).map(parseMeasure)) {
    console.log(`${name} …`)
    const measured = await measures[name]!(part)
    if (measured.length === 0) continue
    const text = typeof measured === 'string' ? measured : tableOfRows(await keep(measured, name, part))
    await writePart('docs/performance.md', name, `engine ${name}`, text)
  }
}

function parseMeasure(text: string): { name: string; part: Part } {
  const [name = '', shape, k] = text.split(':')
  if (!Object.hasOwn(measures, name) || (shape !== undefined && !Object.hasOwn(shapes, shape)))
    throw new Error(
      `No measure ${text}: npm run bench -- engine [${Object.keys(measures).join(' | ')}][:a | :b | :c][:k]`,
    )
  const only = shape as ShapeName | undefined
  return { name, part: { shapes: only ? [shapes[only]] : Object.values(shapes), k: k ? Number(k) : null } }
}

/** Puts the rows among those in bench/results/engine.json, in the place of older ones; returns all of the measure. */
async function keep(measured: EngineRow[], measure: string, part: Part): Promise<EngineRow[]> {
  const text = await readFile('bench/results/engine.json', 'utf8').catch(() => '{ "rows": [] }')
  const isWhole = part.shapes.length === Object.keys(shapes).length && part.k === null
  const replaced = (row: EngineRow) =>
    row.measure === measure &&
    (isWhole || (part.shapes.some(({ name }) => name === row.shape) && (part.k ?? row.k) === row.k))
  const old = kept.parse(JSON.parse(text)).rows.filter((row) => !replaced(row))
  const rows = [...old, ...measured].sort((a, b) => orderOf(a) - orderOf(b))
  await writeJson('engine', { rows })
  return rows.filter((row) => row.measure === measure)
}

/** Measures in their order, the three shapes in theirs, and samples by threads and dimension; all else as it came. */
function orderOf({ measure, shape, threads, k }: EngineRow): number {
  const group = 10 * Object.keys(measures).indexOf(measure) + Object.keys(shapes).indexOf(shape)
  return 1e6 * group + (measure === 'samples' || measure === 'minibatch' ? 1000 * threads + k : 0)
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
