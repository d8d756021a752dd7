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

/** Documents that are kept. Of those that came in links, the one that was changed longest ago goes first; a person's copy of an example stays. */
const MOST_DOCUMENTS = 24

const LINK = 'link-'
const isFromLink = ({ document }: Entry) => document.startsWith(LINK)

/** For code that came in a link. */
export function newLinkDocument(): string {
  return `${LINK}${crypto.randomUUID().slice(0, 8)}`
}

/**
 * `storage` may refuse (private windows): then nothing outlives the page, and nothing else breaks. Where it is full, code from links makes room. Another tab may
 * write there too: what this one has not changed is read from there each time. `onDropped` hears of documents that went.
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
    const links = all.filter((entry) => isFromLink(entry) && entry.document !== document)
    const surplus = Math.max(0, all.length - MOST_DOCUMENTS)
    for (let count = Math.min(surplus, links.length); count <= links.length; count++) {
      const dropped = links.slice(0, count)
      if (!store(all.filter((entry) => !dropped.includes(entry)))) continue
      for (const { document: gone } of dropped) {
        own.delete(gone)
        onDropped(gone)
      }
      return
    }
    // Forbidden, or full of other things: all is held for this visit, and the code is in the link.
  }
  function store(kept: readonly Entry[]): boolean {
    try {
      storage?.setItem(KEY, JSON.stringify(kept))
      return true
    } catch {
      return false
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
