import type { Projection } from '../../store/viewSlice'

/** How a table of this dimension can be looked at; the value is what the select holds. */
export function projectionOptions(dimension: number, shown?: Projection): { value: string; label: string }[] {
  if (dimension < 2) return []
  const planes = dimension === 2 ? ['plane:0:1', 'plane:1:0'] : ['plane:0:1']
  const lines = Array.from({ length: Math.min(dimension, 8) }, (_, axis) => `line:${axis}`)
  const kinds = [...(dimension > 2 ? ['pca'] : []), ...planes, ...lines]
  const own = shown?.kind === 'axes' ? [{ value: 'axes', label: shown.titles.x }] : []
  return [...kinds.map((value) => ({ value, label: optionLabel(value, dimension) })), ...own]
}

function optionLabel(value: string, dimension: number): string {
  const projection = parseProjection(value)
  if (projection.kind === 'pca') return 'PCA, widest two'
  if (projection.kind === 'line') return `line ${projection.axis + 1}`
  return dimension === 2 ? `plane ${projection.x + 1}, ${projection.y + 1}` : 'plane of two'
}

/** The option that stands for a projection: for a plane of many dimensions the two are chosen beside it. */
export function optionOf(projection: Projection, dimension: number): string {
  if (projection.kind === 'pca' || projection.kind === 'axes') return projection.kind
  if (projection.kind === 'line') return `line:${projection.axis}`
  return dimension === 2 ? `plane:${projection.x}:${projection.y}` : 'plane:0:1'
}

/** Of a choice that needs nothing but its numbers: `axes` are kept by those who made them. */
export function parseProjection(value: string): Exclude<Projection, { kind: 'axes' }> {
  const [kind, first, second] = value.split(':')
  if (kind === 'line') return { kind: 'line', axis: Number(first) }
  if (kind === 'plane') return { kind: 'plane', x: Number(first), y: Number(second) }
  return { kind: 'pca' }
}

/** The same plane with another dimension on one axis; the two change places when they would be the same. */
export function withAxis(plane: { x: number; y: number }, axis: 'x' | 'y', dimension: number): Projection {
  const other = axis === 'x' ? plane.y : plane.x
  const rest = other === dimension ? plane[axis] : other
  return axis === 'x' ? { kind: 'plane', x: dimension, y: rest } : { kind: 'plane', x: rest, y: dimension }
}
