import type { LabPorts, LabState } from './lab'
import { freshRun, type RunView } from './runView'
import type { Supervisor } from './supervisor'
import { wordsOf } from './wordsOf'

const ELSEWHERE =
  'This model is running in another tab, and both would write the same checkpoints. Stop it there first.'

/** What starts and stops a run. */
export function runActions(
  { blobs, compile, lockDocument }: Pick<LabPorts, 'blobs' | 'compile' | 'lockDocument'>,
  get: () => LabState,
  set: (change: Partial<LabState>) => void,
  supervisor: () => Supervisor,
): Pick<LabState, 'start' | 'stop'> {
  return {
    async start({ fresh }) {
      if (supervisor().current || get().run.status === 'starting') return
      const run: RunView = { ...freshRun, status: 'starting' }
      const { code, document } = get()
      set({ run, silentSeconds: null })
      // Until the sandbox speaks, another run is one that was stopped, or that of another document.
      const isWanted = () => get().run === run
      const fail = (message: string, at: RunView['at'] = null) =>
        isWanted() && set({ run: { ...freshRun, status: 'failed', message, at } })
      let release: (() => void) | null = null
      try {
        const read = await compile(code)
        if (!read.ok) return void fail(read.message, read)
        release = await lockDocument(document)
        if (!release) return void fail(ELSEWHERE)
        if (fresh && isWanted()) await blobs.clear(document)
        if (!isWanted()) return release()
        supervisor().start(read.code, release)
        await get().refreshStored()
      } catch (error) {
        if (!supervisor().current) release?.()
        fail(wordsOf(error))
      }
    },
    stop() {
      supervisor().stop()
      if (supervisor().current) set({ run: { ...get().run, status: 'stopping' } })
      else if (get().run.status === 'starting') set({ run: { ...freshRun, status: 'stopped', message: 'Stopped.' } })
    },
  }
}
