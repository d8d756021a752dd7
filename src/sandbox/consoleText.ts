import { Tensor } from '@tensorflow/tfjs-core'

const MOST_ITEMS = 20
const MOST_CHARACTERS = 4000

/** Arguments of `console.log` as one text: what a person would see in a console, within bounds. */
export function consoleText(values: readonly unknown[]): string {
  const text = values.map((value) => (typeof value === 'string' ? value : shown(value, 3))).join(' ')
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}

function shown(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return `[function ${value.name || 'without a name'}]`
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (value instanceof Tensor) return value.isDisposed ? 'Tensor (disposed)' : value.toString(true)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString()
  if (value instanceof Promise) return 'Promise (await it)'
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return listed(value.constructor.name, value, depth)
  if (Array.isArray(value)) return listed('', value, depth)
  if (value instanceof Set) return listed('Set', [...value], depth)
  if (depth === 0) return '{…}'
  if (value instanceof Map) {
    return `Map(${value.size}) ${braced(
      [...value].map(([key, entry]) => [shown(key, 0), entry]),
      ' → ',
      depth,
    )}`
  }
  return braced(Object.entries(value), ': ', depth)
}

function braced(entries: readonly (readonly [key: string, value: unknown])[], between: string, depth: number): string {
  const parts = entries.slice(0, MOST_ITEMS).map(([key, entry]) => `${key}${between}${shown(entry, depth - 1)}`)
  return `{ ${parts.join(', ')}${entries.length > MOST_ITEMS ? ', …' : ''} }`
}

function listed(name: string, values: unknown, depth: number): string {
  if (depth === 0) return `${name}[…]`
  const all = values as ArrayLike<unknown>
  const parts = Array.from({ length: Math.min(MOST_ITEMS, all.length) }, (_, i) => shown(all[i], depth - 1))
  const title = name === '' ? '' : `${name}(${all.length}) `
  return `${title}[${parts.join(', ')}${all.length > MOST_ITEMS ? `, … ${all.length - MOST_ITEMS} more` : ''}]`
}
