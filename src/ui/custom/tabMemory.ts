import * as z from 'zod/mini'
import type { Shown } from './documentActions'
import { exampleNames } from './examples'

/**
 * What this tab shows, for the case that it is reloaded: the link follows the code a moment later, and another tab may have written other code into the memory
 * that all tabs share.
 */
export interface TabMemory {
  /** What stood here before the reload, once; null: the page was not reloaded, or nothing is known. */
  takeReloaded(): ShownCode | null
  write(shown: ShownCode): void
}

type ShownCode = Pick<Shown, 'example' | 'code'>

const KEY = 'custom-model'
const shownSchema = z.object({ example: z.enum(exampleNames), code: z.string() })

/** `storage`: of this tab; null where the browser refuses it. */
export function createTabMemory(storage: Pick<Storage, 'getItem' | 'setItem'> | null, isReload: boolean): TabMemory {
  let reloaded = isReload ? readShown(storage) : null
  return {
    takeReloaded() {
      const taken = reloaded
      reloaded = null
      return taken
    },
    write({ example, code }) {
      try {
        storage?.setItem(KEY, JSON.stringify({ example, code }))
      } catch {
        // Full or forbidden: the link has it, if a moment later.
      }
    },
  }
}

function readShown(storage: Pick<Storage, 'getItem'> | null): ShownCode | null {
  try {
    const read = shownSchema.safeParse(JSON.parse(storage?.getItem(KEY) ?? 'null'))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
