import type { Attribute, PointsInfo } from '../../protocol/trainer'

/** The points of some rows alone, in their order. */
export function pointsOfRows(points: PointsInfo, rows: Uint32Array): PointsInfo {
  const pick = <T>(values: readonly T[]) => Array.from(rows, (row) => values[row]!)
  return {
    ...points,
    keys: pick(points.keys),
    shared: points.shared ? Uint8Array.from(rows, (row) => points.shared![row]!) : null,
    labels: pick(points.labels),
    counts: Uint32Array.from(rows, (row) => points.counts[row]!),
    attributes: points.attributes.map((attribute) => attributeOfRows(attribute, rows)),
  }
}

function attributeOfRows(attribute: Attribute, rows: Uint32Array): Attribute {
  if (attribute.kind === 'category') {
    return { ...attribute, codes: Int16Array.from(rows, (row) => attribute.codes[row]!) }
  }
  return { ...attribute, values: Float32Array.from(rows, (row) => attribute.values[row]!) }
}
