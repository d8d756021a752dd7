/**
 * Work for the device in the order in which it was asked for, a few milliseconds a submit, at most two submits on their way: one runs while the
 * next waits, and the page's own drawing never waits for more than them.
 */
export interface Submitter {
  /**
   * Adds work of `units` equal parts. `encode` records the next `count` of them, at most `limit`; what it returns is called after the submit.
   * Units of one `kind` are expected to take about the same time.
   */
  add(work: Work): void
  /** Resolves when everything added before has been submitted and has run; rejects when some of it cannot be. */
  finished(): Promise<void>
  /** Resolves when the device waits for work: at once, or when a submit is done and nothing is left to submit. Rejects after `fail`. */
  hungry(): Promise<void>
  /** Forgets what was added and is not submitted. */
  clear(): void
  /** What runs on the device is not what was asked for: whoever waits, or asks for more, is told. */
  fail(error: Error): void
  /** The work that is last in the queue. */
  last(): Work | undefined
  /** Measured, for reports: milliseconds a unit of the kind, and the units of its next submit. */
  pace(kind: string): { msPerUnit: number; unitsPerSubmit: number }
}

export interface Work {
  kind: string
  /** Left to do; may be raised while the work is the last in the queue. */
  units: number
  limit(): number
  encode(encoder: GPUCommandEncoder, count: number): (() => void) | undefined
  /** Called in place of `encode` when the work is forgotten, and when `encode` throws. Without it that is a fault of the submitter. */
  cancel?(error: Error): void
}

/** What a submit should take; the bound is 8 ms. */
const TARGET_MS = 6
const MAX_SUBMITS = 2

export function createSubmitter(device: GPUDevice, flush: () => void): Submitter {
  let queue: Work[] = []
  let onTheWay = 0
  let lastDone = 0
  let fault: Error | null = null
  const paces = new Map<string, Pace>()
  const waiting: { resolve(): void; reject(error: Error): void }[] = []

  function paceOf(kind: string): Pace {
    const pace = paces.get(kind) ?? { msPerUnit: 0, unitsPerSubmit: 1 }
    paces.set(kind, pace)
    return pace
  }
  function submitNext(): void {
    const work = queue[0]!
    const pace = paceOf(work.kind)
    const count = Math.min(work.units, work.limit(), pace.unitsPerSubmit)
    // First, because `encode` also writes to buffers, at once.
    flush()
    const encoder = device.createCommandEncoder()
    let after: (() => void) | undefined
    try {
      after = work.encode(encoder, count)
    } catch (error) {
      queue.shift()
      if (!work.cancel) throw error
      work.cancel(toError(error))
      return
    }
    work.units -= count
    if (work.units === 0) queue.shift()
    const begun = performance.now()
    device.queue.submit([encoder.finish()])
    onTheWay++
    after?.()
    device.queue
      .onSubmittedWorkDone()
      .then(() => {
        const done = performance.now()
        adapt(pace, count, done - Math.max(begun, lastDone))
        lastDone = done
        onTheWay--
        pump()
      })
      .catch((error: unknown) => fail(toError(error)))
  }
  function pump(): void {
    while (onTheWay < MAX_SUBMITS && queue.length > 0) submitNext()
    if (onTheWay < MAX_SUBMITS) for (const { resolve } of waiting.splice(0)) resolve()
  }
  function forget(error: Error): void {
    const forgotten = queue
    queue = []
    for (const work of forgotten) work.cancel?.(error)
  }
  function fail(error: Error): void {
    fault ??= error
    forget(fault)
    for (const { reject } of waiting.splice(0)) reject(fault)
  }
  function add(work: Work): void {
    if (work.units === 0) return
    if (fault && !work.cancel) throw fault
    if (fault) work.cancel?.(fault)
    else queue.push(work)
    pump()
  }
  return {
    add,
    async finished() {
      await new Promise<void>((resolve, reject) => {
        add({ kind: 'mark', units: 1, limit: () => 1, encode: () => resolve, cancel: reject })
      })
      await device.queue.onSubmittedWorkDone()
    },
    hungry: () =>
      new Promise((resolve, reject) => {
        if (fault) return reject(fault)
        waiting.push({ resolve, reject })
        if (onTheWay < MAX_SUBMITS && queue.length === 0) pump()
      }),
    clear: () => forget(new Error('The model was disposed of before it came to this.')),
    fail,
    last: () => queue.at(-1),
    pace: paceOf,
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

interface Pace {
  /** 0 before the first measurement. */
  msPerUnit: number
  unitsPerSubmit: number
}

/** Grows at most twofold a submit: the first measurements hold what happens only once. */
function adapt(pace: Pace, count: number, ms: number): void {
  const measured = ms / count
  pace.msPerUnit = pace.msPerUnit === 0 ? measured : 0.75 * pace.msPerUnit + 0.25 * measured
  const fitting = Math.max(1, Math.floor(TARGET_MS / Math.max(pace.msPerUnit, 1e-4)))
  pace.unitsPerSubmit = Math.min(fitting, 2 * pace.unitsPerSubmit)
}
