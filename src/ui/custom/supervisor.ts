import type { Sandbox, SandboxReport } from '../../sandbox/client'
import type { RunView } from './runView'
import { createSilence, type Silence } from './silence'

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
/** Until the sandbox is ready: its runtime has to come over the network, and none of the person's code runs. */
const START_SECONDS = 60
/** After `stop`: time to end the step in hand and save a checkpoint. */
const GRACE_MS = 2500

const notStarted = `What runs the code did not start within ${START_SECONDS} s: a slow connection? Run tries again.`
const silentFor = (seconds: number) =>
  `Stopped: nothing was heard from the code for ${Math.round(seconds)} s. A loop that never ends, or one very long step?`

/** A sandbox and what is known of it. */
interface Running {
  sandbox: Sandbox
  silence: Silence
  isReady: boolean
  /** The person was asked about its silence. */
  isSilent: boolean
  /** Nobody is to be asked again. */
  isWaitedFor: boolean
  ticking: ReturnType<typeof setInterval>
  /** It was told to stop. */
  dying: ReturnType<typeof setTimeout> | undefined
  onGone(): void
}

export function createSupervisor(ports: SupervisorPorts): Supervisor {
  let run: Running | null = null

  function end(change: Partial<RunView>): void {
    if (!run) return
    clearInterval(run.ticking)
    clearTimeout(run.dying)
    run.sandbox.destroy()
    run.onGone()
    run = null
    ports.onEnd(change)
  }

  function hear(report: SandboxReport, code: string): void {
    if (!run) return
    run.silence.end()
    if (run.isSilent) ports.onSilence(null)
    run.isSilent = false
    if (report.type === 'alive') return
    ports.onReport(report)
    if (report.type === 'ready' && !run.isReady) {
      run.isReady = true
      run.sandbox.send({ type: 'run', code })
    }
    if (report.type === 'done') end(run.dying === undefined ? {} : { status: 'stopped', message: 'Stopped.' })
    if (report.type === 'failed' || report.type === 'broken') end({})
  }

  /** Asks after silence, and ends what stays silent for as long again. */
  function tick(): void {
    if (!run) return
    const seconds = run.silence.look()
    if (!run.isReady) {
      if (seconds >= START_SECONDS) end({ status: 'failed', message: notStarted })
      return
    }
    const patience = ports.patienceSeconds()
    if (patience === null || run.isWaitedFor || seconds < patience) return
    run.isSilent = true
    if (seconds < 2 * patience) ports.onSilence(Math.floor(seconds))
    else end({ status: 'stopped', message: silentFor(seconds) })
  }

  return {
    get current() {
      return run?.sandbox ?? null
    },
    start(code, onGone) {
      const known = { isReady: false, isSilent: false, isWaitedFor: false, dying: undefined, onGone }
      const sandbox = ports.startSandbox((report) => hear(report, code))
      run = { ...known, sandbox, silence: createSilence(ports.nowMs), ticking: setInterval(tick, TICK_MS) }
    },
    stop() {
      if (!run) return
      if (!run.isReady) return end({ status: 'stopped', message: 'Stopped.' })
      const force = () => end({ status: 'stopped', message: 'Stopped before it could save a checkpoint.' })
      if (run.isSilent || run.dying !== undefined) return force()
      run.sandbox.send({ type: 'stop' })
      run.dying = setTimeout(force, GRACE_MS)
    },
    waitOn() {
      if (run) run.isWaitedFor = true
      ports.onSilence(null)
    },
    end,
  }
}
