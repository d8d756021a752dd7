import { type Tensor, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Feature, sparseFeature } from '../../columns/feature'
import { registerKernels } from '../../kernels/registerKernels'
import { useBackend as startBackend } from '../../model/backends'

import { embeddingLookup, embeddingLookupSparse } from '../embeddingLookups'

import type { Features } from '../features'
import { initializers } from '../initializers'
import * as tf from '../tf'
import { getVariable } from '../variables'
import { exportedAlike } from './testExport'

beforeAll(async () => {
  await startBackend('cpu', { wasmPaths: '' })
  registerKernels()
})

const table = (rows: number, dimension = 3) => getVariable('table', [rows, dimension], initializers.randomNormal())
const words = sparseFeature('integer', [3, 1, 4, 1, 5, 9, 2, 6], [3, 0, 1, 4])
const oneWord = sparseFeature('integer', [7], [1])
const idsOf = (feature: Feature) => ({ ids: Int32Array.from(feature.values, Number), offsets: feature.offsets! })

describe('an exported lookup', () => {
  it('of ids in a tensor is a Gather, of any shape', async () => {
    const predict = ({ ids }: Features) => embeddingLookup(table(10), ids as Tensor)
    const { nodes } = await exportedAlike(
      predict,
      { ids: tensor2d([[0, 0]], [1, 2], 'int32') },
      {
        ids: tensor2d(
          [
            [9, 3],
            [0, 4],
            [1, 1],
          ],
          [3, 2],
          'int32',
        ),
      },
    )
    expect(nodes.map(({ op }) => op)).toContain('GatherV2')
    const floats = ({ ids }: Features) => tf.mean(embeddingLookup(table(10), ids as Tensor), 1)
    await exportedAlike(
      floats,
      { ids: tf.zeros([1, 2]) },
      {
        ids: tensor2d([
          [9, 3],
          [0, 4],
          [1, 1],
        ]),
      },
    )
  })

  it('of computed ids is one, too', async () => {
    const predict = ({ x }: Features) => embeddingLookup(table(4), tf.argMax(x as Tensor2D, 1))
    await exportedAlike(
      predict,
      { x: tf.zeros([1, 4]) },
      {
        x: tensor2d([
          [0, 1, 0, 0],
          [0, 0, 0, 9],
          [1, 0, 0, 0],
        ]),
      },
    )
  })

  it.each(['mean', 'sum', 'sqrtn'] as const)('of several ids a row combines them by %s', async (combiner) => {
    for (const maxNorm of [undefined, 0.7]) {
      const options = { combiner, ...(maxNorm !== undefined && { maxNorm }) }
      const predict = (features: Features) =>
        embeddingLookupSparse(table(10), idsOf(features.words as Feature), options)
      const { signatures } = await exportedAlike(predict, { words: oneWord }, { words })
      expect(signatures.serving_default!.inputs).toEqual({
        words: { node: 'words', dtype: 'int32', shape: [-1, -1], padding: -1 },
      })
      const weighted = (features: Features) => {
        const weights = Float32Array.from((features.counts as Feature).values, Number)
        return embeddingLookupSparse(table(10), { ...idsOf(features.words as Feature), weights }, options)
      }
      const counts: Feature = { type: 'number', values: [0.5, 2, 1, 0, 3, 0.25, 1, -1], offsets: words.offsets }
      const one: Feature = { ...oneWord, type: 'number', values: [1] }
      await exportedAlike(weighted, { words: oneWord, counts: one }, { words, counts })
    }
  })

  it.each(['mean', 'sum', 'sqrtn'] as const)('of as many ids in each row combines them by %s', async (combiner) => {
    const predict = ({ pairs }: Features) => {
      const flat = tf.reshape(pairs as Tensor, [-1])
      return tf.stack([embeddingLookup(table(10), flat), embeddingLookup(getVariable('other', [10, 3]), flat)])
    }
    await exportedAlike(
      predict,
      { pairs: tensor2d([[1, 1]], [1, 2], 'int32') },
      {
        pairs: tensor2d(
          [
            [1, 9],
            [3, 3],
            [0, 2],
          ],
          [3, 2],
          'int32',
        ),
      },
    )
    const fixed = ({ x }: Features) => {
      const ids = {
        ids: Int32Array.of(1, 2, 3, 4),
        offsets: Int32Array.of(0, 2, 4),
        weights: Float32Array.of(1, 2, 3, 4),
      }
      return tf.matMul(x as Tensor2D, embeddingLookupSparse(table(10), ids, { combiner }))
    }
    await exportedAlike(
      fixed,
      { x: tf.zeros([1, 2]) },
      {
        x: tensor2d([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      },
    )
  })
})
