import type { DenseColumn } from '../../experiment/experiment'
import type { InspectTab } from '../../store/inspecting'

export const tabTitles: Record<InspectTab, string> = {
  collisions: 'Collisions',
  flow: 'Column flow',
  sparse: 'Sparse or dense',
  inputs: 'd inputs or N',
  code: 'TensorFlow code',
}

/** What there is to see inside a column, in the order of the tabs. */
export function inspectTabs(column: DenseColumn): InspectTab[] {
  if (column.type === 'numeric') return ['flow', 'code']
  const { type } = column.categorical
  const isHashed = type === 'hashBucket' || type === 'crossed'
  return [...(isHashed ? (['collisions'] as const) : []), 'flow', 'sparse', 'inputs', 'code']
}
