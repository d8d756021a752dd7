import { useMemo } from 'react'
import type { Prediction } from '../../protocol/trainer'
import { useApp } from '../useApp'
import { type Answer, useRepeatedAnswer } from './useRepeatedAnswer'

/** The model's outputs for one row by hand, refreshed while it trains. `values` must keep its identity between renders. */
export function usePrediction(values: Record<string, string> | null): Answer<Prediction[]> {
  const { ask } = useApp()
  const question = useMemo(
    () => (values ? async () => (await ask({ type: 'predict', values })).outputs : null),
    [ask, values],
  )
  return useRepeatedAnswer(question)
}
