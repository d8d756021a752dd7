/** `tf.estimator.RunConfig`. */
export interface RunConfig {
  /** First values of the variables follow from it: the same seed, the same start. 1 (TensorFlow's default is another start each time). */
  tfRandomSeed?: number
  /** Steps between checkpoints; excludes `saveCheckpointsSecs`. */
  saveCheckpointsSteps?: number | null
  /** Seconds between checkpoints: 600 unless steps are given. Both null: only the first and the last. */
  saveCheckpointsSecs?: number | null
  /** 5; 0 or null keeps all. */
  keepCheckpointMax?: number | null
  /** Steps between "loss = …, step = …": 100; null = never. */
  logStepCountSteps?: number | null
}

export interface CheckedConfig {
  seed: number
  save: { secs: number } | { steps: number } | null
  keep: number | null
  logSteps: number | null
}

/** Throws a RangeError where TensorFlow does. */
export function checkedConfig(config: RunConfig): CheckedConfig {
  const { tfRandomSeed = 1, saveCheckpointsSteps: steps, saveCheckpointsSecs: secs } = config
  const { keepCheckpointMax = 5, logStepCountSteps = 100 } = config
  if (typeof steps === 'number' && typeof secs === 'number') {
    throw new RangeError('Give saveCheckpointsSteps or saveCheckpointsSecs, not both.')
  }
  for (const [name, value] of Object.entries({ saveCheckpointsSteps: steps, saveCheckpointsSecs: secs })) {
    if (typeof value === 'number' && !(value > 0)) throw new RangeError(`${name} is ${value}; it must be above 0.`)
  }
  if (keepCheckpointMax !== null && !(keepCheckpointMax >= 0)) {
    throw new RangeError(`keepCheckpointMax is ${keepCheckpointMax}; it must be at least 0.`)
  }
  return {
    seed: tfRandomSeed,
    save: saving(steps, secs),
    keep: keepCheckpointMax || null,
    logSteps: logStepCountSteps,
  }
}

function saving(steps: number | null | undefined, secs: number | null | undefined): CheckedConfig['save'] {
  if (typeof steps === 'number') return { steps }
  if (typeof secs === 'number') return { secs }
  return steps === null || secs === null ? null : { secs: 600 }
}
