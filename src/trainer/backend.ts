import type { BackendChoice, BackendName } from '../experiment/experiment'
import type { WasmPaths } from '../model/backends'
import type { BackendInfo } from '../protocol/trainer'

export interface ChosenBackend {
  name: BackendName
  reason: string
}

/** What this machine can compute on. TensorFlow.js arrives with the first question, not before. */
export interface Backends {
  infos(): Promise<BackendInfo[]>
  /** Chooses and starts one; a backend that fails to start is struck off, with its words, and the choice made again. */
  start(choice: BackendChoice): Promise<ChosenBackend>
  /** Never again in this visit. False when it was struck off already. */
  strikeOff(name: BackendName, reason: string): boolean
}

export function createBackends(wasmPaths: WasmPaths): Backends {
  const loading = import('../model/backends')
  let probed: Promise<BackendInfo[]> | null = null
  const infos = () => {
    probed ??= loading.then(({ probeBackends }) => probeBackends())
    return probed
  }
  const known = new Map<BackendName, string>()

  async function usable(): Promise<BackendInfo[]> {
    return (await infos()).map((info) => {
      const reason = known.get(info.name)
      return reason === undefined ? info : { ...info, available: false, reason }
    })
  }

  return {
    infos: usable,
    async start(choice) {
      const { chooseBackend, useBackend: startBackend } = await loading
      for (;;) {
        const chosen = chooseBackend(choice, await usable())
        try {
          await startBackend(chosen.name, { wasmPaths })
          return chosen
        } catch (error) {
          // Plain JavaScript is the last resort: nothing is left to choose after it.
          if (chosen.name === 'cpu') throw error
          known.set(chosen.name, error instanceof Error ? error.message : String(error))
        }
      }
    },
    strikeOff(name, reason) {
      if (known.has(name)) return false
      known.set(name, reason)
      return true
    },
  }
}
