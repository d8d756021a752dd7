import { add, keep, type Scalar, scalar } from '@tensorflow/tfjs-core'

/** Adds losses up where they are computed, so that a step never waits for them. */
export function createLossMeter() {
  let sum: Scalar | null = null
  let examples = 0
  const replace = (next: Scalar | null) => {
    sum?.dispose()
    sum = next
  }
  return {
    /** Call within `tidy`. */
    add(total: Scalar, batchExamples: number) {
      replace(keep(sum ? add<Scalar>(sum, total) : add<Scalar>(total, scalar(0))))
      examples += batchExamples
    },
    async take(): Promise<number> {
      if (!sum) return Number.NaN
      const [taken, over] = [sum, examples]
      sum = null
      examples = 0
      const [value] = await taken.data()
      taken.dispose()
      return value! / over
    },
    clear() {
      replace(null)
      examples = 0
    },
  }
}
