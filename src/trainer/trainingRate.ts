const WINDOW_MS = 1000

/** Examples a second over the last second of training time: evaluation, drawing and pauses do not count. */
export interface TrainingRate {
  add(ms: number, examples: number): void
  /** 0 before anything was trained. */
  examplesPerSecond(): number
}

export function createTrainingRate(): TrainingRate {
  const slices: { ms: number; examples: number }[] = []
  let ms = 0
  let examples = 0
  return {
    add(sliceMs, sliceExamples) {
      slices.push({ ms: sliceMs, examples: sliceExamples })
      ms += sliceMs
      examples += sliceExamples
      while (slices.length > 1 && ms - slices[0]!.ms >= WINDOW_MS) {
        const oldest = slices.shift()!
        ms -= oldest.ms
        examples -= oldest.examples
      }
    },
    examplesPerSecond: () => (ms > 0 ? (examples / ms) * 1000 : 0),
  }
}
