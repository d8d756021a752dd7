/** TensorFlow's `SecondOrStepTimer`: triggers at the first asking, and then again after so many seconds or steps. */
export interface StepTimer {
  shouldTrigger(step: number): boolean
  triggered(step: number): void
  readonly lastStep: number | null
}

/** `now` in milliseconds. */
export function createStepTimer(every: { secs: number } | { steps: number }, now: () => number): StepTimer {
  let lastStep: number | null = null
  let lastMs = 0
  return {
    shouldTrigger(step) {
      if (lastStep === null) return true
      if (step === lastStep) return false
      return 'secs' in every ? now() >= lastMs + every.secs * 1000 : step >= lastStep + every.steps
    },
    triggered(step) {
      lastStep = step
      lastMs = now()
    },
    get lastStep() {
      return lastStep
    },
  }
}
