import { existsSync } from 'node:fs'
import { sharedData } from './sharedData'

const chosen = process.env.MOVIELENS_ZIP

/**
 * MovieLens latest-small, whose licence does not let it be kept here: `MOVIELENS_ZIP`, or `../shared/data/ml-latest-small.zip`.
 * null: not there, and the tests that need it are skipped.
 */
export const movieLensZip: string | null =
  chosen === undefined ? sharedData('ml-latest-small.zip') : existsSync(chosen) ? chosen : null

export const noMovieLens =
  'needs MovieLens latest-small: set MOVIELENS_ZIP to the path of ml-latest-small.zip (grouplens.org/datasets/movielens)'
