import { expect, it } from 'vitest'
import { labDefaults } from '../../experiment/labs'
import type { Evaluation } from '../../protocol/trainer'
import { bestWords } from './bestWords'

it('reads a metric at the best epoch by loss, not where that metric was best itself', () => {
  const at = (epoch: number, loss: number, auc: number, isBest: boolean): Evaluation => {
    return { step: epoch, epoch, train: {}, validation: { loss, auc }, perTarget: [], isBest }
  }
  const [lowestLoss, , last] = [at(1, 0.4, 0.7, true), at(2, 0.5, 0.9, false), at(3, 0.6, 0.8, false)]
  const record = { runId: 1, experiment: labDefaults.movies, best: lowestLoss, last: last!, keptVectors: false }
  expect(bestWords(record, 'auc')).toEqual({
    value: '0.700',
    details: 'AUC: 0.700 at epoch 1, the best by loss; 0.800 at epoch 3, the last.',
  })
  expect(bestWords({ ...record, best: null, last: null }, 'auc').value).toBe('–')
})
