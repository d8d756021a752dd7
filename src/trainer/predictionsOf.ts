import type { EncodedLabel } from '../columns/sparseBatch'
import type { DataSet } from '../data/table'
import type { Label } from '../experiment/experiment'
import { assertNever } from '../lib/assertNever'
import type { Prediction } from '../protocol/trainer'
import { toUnits } from './labelUnits'

const MOST_CLASSES = 10

/** What a row of outputs says to a person: targets in their units, the probability of yes, or the ten likeliest classes. */
export function predictionsOf(
  outputs: Float32Array,
  encoded: EncodedLabel,
  label: Label,
  dataSet: DataSet,
): Prediction[] {
  switch (label.task) {
    case 'regression':
      return encoded.names.map((name, t) => ({
        name,
        value: toUnits(outputs[t]!, encoded.scaling[t]!),
        unit: encoded.units[t] ?? null,
      }))
    case 'binary':
      return [
        { name: `${label.column} = ${label.positive}`, value: 1 / (1 + Math.exp(-outputs[0]!)), unit: 'probability' },
      ]
    case 'multiclass':
      return likeliest(outputs, encoded.names, dataSet, label.column)
    default:
      return assertNever(label)
  }
}

function likeliest(logits: Float32Array, names: string[], { entities }: DataSet, column: string): Prediction[] {
  const highest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const weights = Array.from(logits, (logit) => Math.exp(logit - highest))
  const total = weights.reduce((a, b) => a + b, 0)
  const entity = entities.find((candidate) => candidate.column === column)
  return names
    .map((name, i) => ({
      name: entity?.labels[entity.index.get(name) ?? -1] ?? name,
      value: weights[i]! / total,
      unit: 'probability',
    }))
    .sort((a, b) => b.value - a.value)
    .slice(0, MOST_CLASSES)
}
