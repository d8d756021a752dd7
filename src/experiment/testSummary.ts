import type { ColumnSummary, DataSummary } from './dataSummary'

/** A summary for tests: columns as given, the rest of each filled in. */
export function testSummary(
  columns: (Pick<ColumnSummary, 'name' | 'type'> & Partial<ColumnSummary>)[],
  rowCount = 1000,
): DataSummary {
  return {
    name: 'brought.csv',
    title: 'brought',
    fingerprint: 'sha256-1',
    rowCount,
    columns: columns.map((column) => ({
      distinct: 10,
      missing: 0,
      min: null,
      max: null,
      samples: [],
      unit: null,
      derivedFrom: null,
      meaning: null,
      ambiguousDate: false,
      ...column,
    })),
    sampleRows: [],
    nature: 'yours',
    natureText: '',
    source: '',
    licence: '',
    kind: 'table',
    warnings: [],
  }
}
