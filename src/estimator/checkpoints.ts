import type { CheckpointStorage } from './checkpointStorage'
import { decodeArrays, encodeArrays, type SavedArrays } from './savedArrays'

/** The checkpoints of one model directory: `<dir>/model.ckpt-<global step>.safetensors`. */
export interface Checkpoints {
  /** Paths without the ending, as TensorFlow names them, oldest first. */
  list(): Promise<string[]>
  latest(): Promise<string | null>
  /** Then deletes the oldest beyond `keep` (null = keeps all). */
  save(step: number, saved: SavedArrays, keep: number | null): Promise<{ path: string; bytes: number }>
  /** Throws where there is none at that path. */
  load(path: string): Promise<SavedArrays & { globalStep: number }>
}

const ENDING = '.safetensors'

export function createCheckpoints(storage: CheckpointStorage, modelDir: string): Checkpoints {
  const prefix = `${modelDir}/model.ckpt-`
  const stepOf = (path: string) => Number(path.slice(prefix.length))

  const list = async () =>
    (await storage.list(prefix))
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .filter((path) => Number.isInteger(stepOf(path)))
      .sort((a, b) => stepOf(a) - stepOf(b))

  return {
    list,
    latest: async () => (await list()).at(-1) ?? null,
    async save(step, { arrays, metadata }, keep) {
      const path = `${prefix}${step}`
      const bytes = encodeArrays({ arrays, metadata: { ...metadata, global_step: String(step) } })
      await storage.save(path + ENDING, bytes)
      const paths = keep === null ? [] : await list()
      for (const old of paths.slice(0, -Math.max(1, keep ?? 1))) await storage.delete(old + ENDING)
      return { path, bytes: bytes.length }
    },
    async load(path) {
      const bytes = await storage.load(path + ENDING)
      if (!bytes) throw new Error(`There is no checkpoint ${path}.`)
      const saved = decodeArrays(bytes)
      return { ...saved, globalStep: Number(saved.metadata.global_step ?? stepOf(path)) }
    },
  }
}
