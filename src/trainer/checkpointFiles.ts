import { fingerprint } from '../data/brought/fingerprint'
import type { StartFrom } from '../experiment/experiment'
import { decodeWeights, type Weights } from '../exports/weightsFile'
import { ModelError } from '../model/modelError'
import type { CheckpointInfo } from '../protocol/trainer'

/** Weights files to start columns from. */
export interface CheckpointFiles {
  /** Throws a `WeightsFileError` for bytes that are no weights file. */
  add(bytes: ArrayBuffer): Promise<CheckpointInfo>
  /** Throws a `ModelError` for one that was not added. `field`: path in the experiment of who asks. */
  get(startFrom: StartFrom, field: string): Weights
}

export function createCheckpointFiles(): CheckpointFiles {
  const files = new Map<string, Weights>()
  return {
    async add(bytes) {
      const weights = decodeWeights(bytes)
      const named = await fingerprint([new File([bytes], 'weights.json')])
      files.set(named, weights)
      return { fingerprint: named, title: weights.dataset.title, tables: tablesOf(weights) }
    },
    get({ ckptToLoadFrom, fingerprint }, field) {
      const found = files.get(fingerprint)
      if (found) return found
      const message = `This column starts from the vectors of “${ckptToLoadFrom}”, which are not here: a link does not carry weights. Open its weights file under “Start from…”, or let the column start anew.`
      throw new ModelError(message, field)
    },
  }
}

function tablesOf({ keyed }: Weights): CheckpointInfo['tables'] {
  return Object.entries(keyed).flatMap(([name, { column, array }]) => {
    const [rows = 0, dimension] = array.shape
    return dimension === undefined ? [] : [{ name, column, rows, dimension }]
  })
}
