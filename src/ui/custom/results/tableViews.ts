import type { MapView } from '../../../plots/mapProps'

/** How a table of this dimension can be looked at; the first one suits it best. */
export function viewOptions(dimension: number): { value: string; label: string }[] {
  const lines = Array.from({ length: Math.min(dimension, 8) }, (_, axis) => ({
    value: `line:${axis}`,
    label: dimension === 1 ? 'line' : `dimension ${axis + 1}`,
  }))
  const plane = { value: 'plane', label: dimension === 2 ? 'plane' : 'dimensions 1 and 2' }
  if (dimension < 2) return lines
  return dimension === 2 ? [plane, ...lines] : [{ value: 'pca', label: 'PCA, widest two' }, plane, ...lines]
}

/** Of an option; null: what suits the dimension. */
export function viewOf(option: string | null, dimension: number): MapView {
  const chosen = option ?? viewOptions(dimension)[0]?.value ?? 'plane'
  if (chosen === 'pca') return { kind: 'pca' }
  return chosen.startsWith('line:') ? { kind: 'line', axis: Number(chosen.slice(5)) } : { kind: 'plane', x: 0, y: 1 }
}
