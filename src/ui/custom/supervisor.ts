import type { Sandbox, SandboxReport } from '../../sandbox/client'
import type { RunView } from './runView'

/** What a supervisor needs, and whom it tells. */
export interface SupervisorPorts {
  startSandbox(onReport: (report: SandboxReport) => void): Sandbox
  nowMs(): number
  /** Seconds without a word after which a person is asked; null: never. */
  patienceSeconds(): number | null
  /** Everything but signs of life. */
  onReport(report: SandboxReport): void
  /** Seconds since the last word, once the patience is over; null: it was heard again. */
  onSilence(seconds: number | null): void
  /** The sandbox is gone. */
  onEnd(change: Partial<RunView>): void
}

/** Keeps one sandbox at a time, listens whether it lives, and ends it. */
export interface Supervisor {
  /** The one that runs; null: none does. */
  readonly current: Sandbox | null
  /** `onGone` is called when the sandbox is gone, before `onEnd`. */
  start(code: string, onGone: () => void): void
  /** After the step in hand, with a checkpoint; by force when that takes too long or is asked for again, at once when it has fallen silent. */
  stop(): void
  /** Asks no more about silence in this run. */
  waitOn(): void
  end(change: Partial<RunView>): void
}

const TICK_MS = 250
/** Silence that one tick can add: a computer that slept, or a page that was held up, is not the code's silence. */
const MOST_TICK_MS = 1500
/** Until the sandbox is ready: its runtime has to come over the network, and none of the person's code runs. */
const START_SECONDS = 60
const NOT_STARTED = `What runs the code did not start within ${START_SECONDS} s: a slow connection? Run tries again.`
/** After `stop`: time to end the step in hand and save a checkpoint. */
const GRACE_MS = 2500

export function createSupervisor(ports: SupervisorPorts): Supervisor {
  let sandbox: Sandbox | null = null
  let silentMs = 0
  let tickedMs = 0
  let isSilent = false
  let isPatient = false
  let isReady = false
  let ticking: ReturnType<typeof setInterval> | undefined
  let dying: ReturnType<typeof setTimeout> | undefined
  let tellGone = () => {}

  function end(change: Partial<RunView>): void {
    clearInterval(ticking)
    clearTimeout(dying)
    sandbox?.destroy()
    sandbox = null
    tellGone()
    ports.onEnd(change)
  }

  function hear(report: SandboxReport, code: string): void {
    silentMs = 0
    if (isSilent) ports.onSilence(null)
    isSilent = false
    if (report.type === 'alive') return
    ports.onReport(report)
    if (report.type === 'ready' && !isReady) {
      isReady = true
      sandbox?.send({ type: 'run', code })
    }
    if (report.type === 'done') end(dying === undefined ? {} : { status: 'stopped', message: 'Stopped.' })
    if (report.type === 'failed' || report.type === 'broken') end({})
  }

  /** Asks after silence, and ends what stays silent for as long again. */
  function tick(): void {
    const now = ports.nowMs()
    silentMs += Math.min(now - tickedMs, MOST_TICK_MS)
    tickedMs = now
    const seconds = silentMs / 1000
    if (!isReady) {
      if (seconds >= START_SECONDS) end({ status: 'failed', message: NOT_STARTED })
      return
    }
    const patience = ports.patienceSeconds()
    if (patience === null || isPatient || seconds < patience) return
    isSilent = true
    if (seconds < 2 * patience) {
      ports.onSilence(Math.floor(seconds))
      return
    }
    const message = `Stopped: nothing was heard from the code for ${Math.round(seconds)} s. A loop that never ends, or one very long step?`
    end({ status: 'stopped', message })
  }

  return {
    get current() {
      return sandbox
    },
    start(code, onGone) {
      silentMs = 0
      tickedMs = ports.nowMs()
      tellGone = onGone
      isSilent = false
      isPatient = false
      isReady = false
      dying = undefined
      sandbox = ports.startSandbox((report) => hear(report, code))
      ticking = setInterval(tick, TICK_MS)
    },
    stop() {
      if (!sandbox) return
      if (!isReady) return end({ status: 'stopped', message: 'Stopped.' })
      const force = () => end({ status: 'stopped', message: 'Stopped before it could save a checkpoint.' })
      if (isSilent || dying !== undefined) return force()
      sandbox.send({ type: 'stop' })
      dying = setTimeout(force, GRACE_MS)
    },
    waitOn() {
      isPatient = true
      ports.onSilence(null)
    },
    end,
  }
}
