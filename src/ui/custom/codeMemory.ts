import * as z from 'zod/mini'

/** What a person wrote, by document, in the browser's local storage. */
export interface CodeMemory {
  read(document: string): string | null
  write(document: string, code: string): void
  forget(document: string): void
  /** The document that holds exactly this code. */
  find(code: string): string | null
}

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const KEY = 'custom-models'
const entrySchema = z.object({ document: z.string(), code: z.string() })
const entriesSchema = z.array(entrySchema)
type Entry = z.infer<typeof entrySchema>

/** Documents that are kept; the one that was changed longest ago goes first. */
const MOST_DOCUMENTS = 24

/**
 * `storage` may refuse (private windows, full): then nothing outlives the page, and nothing else breaks. Another tab may write there too: what this one has not
 * changed is read from there each time. `onDropped` hears of documents that went because there are too many.
 */
export function createCodeMemory(storage: Kept | null, onDropped: (document: string) => void = () => {}): CodeMemory {
  /** Changed by this page, the last one last; null: forgotten. */
  const own = new Map<string, string | null>()

  function entries(): Entry[] {
    const mine = [...own].flatMap(([document, code]) => (code === null ? [] : [{ document, code }]))
    return [...readEntries(storage).filter(({ document }) => !own.has(document)), ...mine]
  }
  function change(document: string, code: string | null): void {
    own.delete(document)
    own.set(document, code)
    const all = entries()
    const kept = all.slice(-MOST_DOCUMENTS)
    for (const { document: dropped } of all.slice(0, -MOST_DOCUMENTS)) {
      own.delete(dropped)
      onDropped(dropped)
    }
    try {
      storage?.setItem(KEY, JSON.stringify(kept))
    } catch {
      // Full or forbidden: the code is still in the link.
    }
  }
  return {
    read: (document) => entries().find((entry) => entry.document === document)?.code ?? null,
    write: change,
    forget: (document) => change(document, null),
    find: (code) => entries().find((entry) => entry.code === code)?.document ?? null,
  }
}

function readEntries(storage: Kept | null): Entry[] {
  try {
    const read = entriesSchema.safeParse(JSON.parse(storage?.getItem(KEY) ?? '[]'))
    return read.success ? read.data : []
  } catch {
    return []
  }
}
