import { peekExperiment, WeightsFileError } from '../../exports/weightsFile'
import type { AppStore } from '../../store/store'

/** A file of rows is a data set; a lone .json may be a weights file. */
export async function openBrought(store: AppStore, files: File[]): Promise<void> {
  const [first] = files
  if (!first) return
  if (files.length > 1 || !/\.json$/i.test(first.name)) {
    store.getState().openFiles(files)
    return
  }
  try {
    const bytes = await first.arrayBuffer()
    store.getState().importWeights(bytes, peekExperiment(bytes))
  } catch (error) {
    if (!(error instanceof WeightsFileError)) throw error
    store.setState({ notice: `${first.name}: ${error.message}` })
  }
}

export const acceptedFiles = '.csv,.tsv,.txt,.zip,.dat,.data,.item,.jsonl,.ndjson,.json,.gz'
