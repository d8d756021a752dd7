import type { DataSet } from '../data/table'
import type { CategoricalColumn } from '../experiment/experiment'
import { crossValidatedR2 } from '../geometry/linearFit'
import type { PointsInfo, Probe } from '../protocol/trainer'

/** Names of the attributes that a table of this column is probed for: ground truth that the model was never told. */
export function probedAttributes(categorical: CategoricalColumn, { entities }: DataSet): string[] {
  if (categorical.type === 'crossed') return []
  const entity = entities.find(({ column }) => column === categorical.key)
  return (entity?.attributes ?? []).flatMap((a) => (a.kind === 'number' && a.probe ? [a.name] : []))
}

/** Rows that no training example looks up still hold their initial noise; they are left out. */
export function probeTable(points: PointsInfo, names: string[], vectors: Float32Array, dimension: number): Probe[] {
  const rows = points.counts.length
  return names.flatMap((name) => {
    const attribute = points.attributes.find((candidate) => candidate.name === name)
    if (attribute?.kind !== 'number') return []
    const target = attribute.values.map((value, row) => (points.counts[row]! > 0 ? value : Number.NaN))
    const { r2, shuffledR2 } = crossValidatedR2(vectors, rows, dimension, target)
    return [{ attribute: name, title: attribute.title, r2, shuffledR2 }]
  })
}
