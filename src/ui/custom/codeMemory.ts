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

/** `storage` may refuse (private windows, full): then nothing outlives the page, and nothing else breaks. */
export function createCodeMemory(storage: Kept | null): CodeMemory {
  let entries = readEntries(storage)

  function keep(next: Entry[]): void {
    entries = next.slice(-MOST_DOCUMENTS)
    try {
      storage?.setItem(KEY, JSON.stringify(entries))
    } catch {
      // Full or forbidden: the code is still in the link.
    }
  }
  return {
    read: (document) => entries.find((entry) => entry.document === document)?.code ?? null,
    write: (document, code) => keep([...entries.filter((entry) => entry.document !== document), { document, code }]),
    forget: (document) => keep(entries.filter((entry) => entry.document !== document)),
    find: (code) => entries.find((entry) => entry.code === code)?.document ?? null,
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
