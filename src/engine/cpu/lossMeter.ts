/** Training loss since it was last asked for. */
export interface LossMeter {
  /** `total`: loss of a batch, summed over its examples. */
  add(total: number, examples: number): void
  /** Mean over the examples; NaN when there were none. */
  take(): number
  clear(): void
}

export function createLossMeter(): LossMeter {
  let sum = 0
  let count = 0
  const meter: LossMeter = {
    add(total, examples) {
      sum += total
      count += examples
    },
    take() {
      const mean = sum / count
      meter.clear()
      return mean
    },
    clear() {
      sum = 0
      count = 0
    },
  }
  return meter
}
