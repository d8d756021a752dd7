import { DataError } from '../data/table'
import type { Experiment } from '../experiment/experiment'
import { ModelError } from '../model/modelError'

export interface Failure {
  message: string
  field: string | null
  stack: string | null
}

/** What broke, in words, and the part of the experiment that it is about. Faults of the data and of the experiment need no stack. */
export function failureOf(error: unknown, experiment?: Experiment): Failure {
  if (error instanceof ModelError) return { message: error.message, field: error.field, stack: null }
  if (error instanceof DataError) {
    return { message: error.message, field: experiment ? fieldOf(error, experiment) : null, stack: null }
  }
  if (error instanceof Error) return { message: error.message, field: null, stack: error.stack ?? null }
  return { message: String(error), field: null, stack: null }
}

/** The data set when its file is not open; else the first feature column, or the label, that reads the column the data error names. */
function fieldOf({ where }: DataError, experiment: Experiment): string | null {
  const { column, file } = where
  if (!column) return file && experiment.dataset.source === 'file' ? 'dataset' : null
  const at = experiment.columns.findIndex((candidate) => JSON.stringify(candidate).includes(JSON.stringify(column)))
  if (at >= 0) return `columns.${at}`
  return JSON.stringify(experiment.label).includes(JSON.stringify(column)) ? 'label' : null
}
