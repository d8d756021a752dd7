import { layers } from '@tensorflow/tfjs-layers'
import { useBackend as startBackend } from '../../src/model/backends'
import { preparedStep } from './embeddingSteps'

/** Takes one stock step over a table of so many rows, and prints how long it took. */
export async function main([rows = '1000']: string[]): Promise<void> {
  await startBackend('cpu', { wasmPaths: '' })
  console.log(`stock step: ${await preparedStep(Number(rows), layers.embedding, 'adagrad')()} ms`)
}
