import { numericColumns, numericScalings } from '../columns/encodeData'
import type { EncodedColumn } from '../columns/encodedColumn'
import { categoricalName, columnName } from '../experiment/columnName'
import type { CategoricalColumn } from '../experiment/experiment'
import type { Weights } from '../exports/weightsFile'
import { columnParts } from './columnParts'
import { isHashed, labelKey } from './describePoints'
import { unnamedBuckets } from './matchRows'
import type { PreparedRun, Training } from './training'

/** The run as it stands, for a weights file. Call under the run's lock. */
export async function weightsOf(prepared: PreparedRun, training: Training, optimizerState: boolean): Promise<Weights> {
  const { info, open } = prepared
  const { checkpoint, step, batches } = await training.now()
  const { name, title, fingerprint, rowCount: rows } = open.dataSet.summary
  const keyed: Weights['keyed'] = {}
  const dense: Weights['dense'] = {}
  for (const [variable, array] of Object.entries(checkpoint.weights)) {
    const column = keyedBy(variable, prepared)
    if (column) {
      const labels = variable === `${column.name}_bias` ? null : labelsOf(column, prepared)
      keyed[variable] = { column: column.name, keys: column.bucketKeys, ...(labels && { labels }), array }
    } else dense[variable] = array
  }
  return {
    experiment: training.experiment,
    dataset: { name, title, fingerprint, rows },
    backend: info.backend,
    step,
    epoch: training.epoch,
    metrics: lastMetrics(training),
    inputs: inputsOf(prepared),
    outputs: outputsOf(prepared),
    keyed,
    dense,
    training: optimizerState
      ? {
          optimizer: checkpoint.optimizer,
          optimizerSteps: checkpoint.steps,
          batches: { ...batches },
        }
      : null,
  }
}

/** What people call the values of a column, where the data know more of them than the column holds: the titles of films that it knows by number. */
function labelsOf({ name, bucketKeys, buckets }: EncodedColumn, { experiment, open }: PreparedRun): string[] | null {
  const categorical = experiment.columns
    .map((column) => (column.type === 'numeric' ? null : column.categorical))
    .find((column): column is CategoricalColumn => column !== null && categoricalName(column) === name)
  if (!categorical || isHashed(categorical)) return null
  const parts = columnParts(categorical, open.dataSet)
  if (!parts.some(({ entity }) => entity)) return null
  const words = buckets - unnamedBuckets(categorical)
  const labels = bucketKeys.map((key, row) => (key === '' || row >= words ? key : labelKey(key, parts, false)))
  return labels.some((label, row) => label !== bucketKeys[row]) ? labels : null
}

function lastMetrics({ evaluations }: Training): Weights['metrics'] {
  const last = evaluations.at(-1)
  return last
    ? { step: last.step, epoch: last.epoch, train: { ...last.train }, validation: { ...last.validation } }
    : null
}

/** What the model reads without a table: numbers with their scaling, indicators with the order of their values. A dot product reads neither. */
export function inputsOf({ experiment, encoded, open }: PreparedRun): Weights['inputs'] {
  if (experiment.model.type === 'dotProduct') return []
  const scalings = numericScalings(open.dataSet, experiment, open.columns)
  const numeric = numericColumns(experiment).map((column, i): Weights['inputs'][number] => {
    const { mean, deviation, fill } = scalings[i]!.scaling
    return { name: columnName(column), kind: 'numeric', normalizer: column.normalizer, mean, deviation, fill }
  })
  const indicators = experiment.columns
    .filter((column) => column.type === 'indicator')
    .map((column): Weights['inputs'][number] => {
      const { bucketKeys } = encoded.categorical.find(({ name }) => name === categoricalName(column.categorical))!
      return { name: columnName(column), kind: 'indicator', keys: bucketKeys }
    })
  return [...numeric, ...indicators].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The outputs of the model in order, and how they return to the units of the data. */
export function outputsOf({ encoded: { label } }: PreparedRun): Weights['outputs'] {
  return label.names.map((name, t) => {
    const { mean, deviation, transform } = label.scaling[t] ?? { mean: 0, deviation: 1, transform: 'none' }
    return { name, unit: label.units[t] ?? null, mean, deviation, transform }
  })
}

/** The categorical column whose buckets are the rows of a variable: of a table, or of a dot product's biases. */
export function keyedBy(variable: string, { info, encoded }: PreparedRun): EncodedColumn | null {
  const table = info.tables.find(({ name, column }) => name === variable || `${column}_bias` === variable)
  return encoded.categorical.find(({ name }) => name === table?.column) ?? null
}
