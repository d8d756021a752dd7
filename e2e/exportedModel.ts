import { readFile } from 'node:fs/promises'
import type { Download } from '@playwright/test'
import '@tensorflow/tfjs-backend-cpu'
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter'
import { io, type Tensor, tensor } from '@tensorflow/tfjs-core'
import { unzipSync } from 'fflate'

/** A downloaded model, as somebody else gets it, in Node: nothing of the project is used. */
export async function loadDownloaded(download: Download): Promise<GraphModel> {
  const files = unzipSync(await readFile(await download.path()))
  const { weightsManifest, ...rest } = JSON.parse(new TextDecoder().decode(files['model.json']))
  const manifest: io.WeightsManifestConfig = weightsManifest
  const parts = manifest.flatMap(({ paths }) => paths.map((path) => files[path]!.slice().buffer))
  const weightSpecs = manifest.flatMap(({ weights }) => weights)
  return loadGraphModel(io.fromMemory({ ...rest, weightSpecs, weightData: io.CompositeArrayBuffer.join(parts) }))
}

/** What it answers for lists of numbers, whose types its signature knows. */
export function answersOf(model: GraphModel, given: Readonly<Record<string, number[] | number[][]>>): number[] {
  const dtypes = new Map(model.inputs.map(({ name, dtype }) => [name, dtype]))
  const inputs = Object.entries(given).map(([name, values]) => [name, tensor(values, undefined, dtypes.get(name))])
  const answers = Object.values(model.predict(Object.fromEntries(inputs)) as Record<string, Tensor>)
  return Array.from(answers[0]!.dataSync())
}
