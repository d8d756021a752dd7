/** What custom models store with the page: checkpoints and exports, in IndexedDB. Each document of code sees its own blobs only. */
export interface BlobDatabase {
  /** Throws in words when it would hold more than `MOST_BYTES` or `MOST_BLOBS`. */
  save(document: string, name: string, bytes: Uint8Array): Promise<void>
  load(document: string, name: string): Promise<Uint8Array | null>
  /** Names that start with `prefix`, with their sizes. */
  list(document: string, prefix: string): Promise<{ name: string; bytes: number }[]>
  delete(document: string, name: string): Promise<void>
  /** All blobs of a document. */
  clear(document: string): Promise<void>
}

const NAME = 'custom-models'
/** Of all documents together. */
const MOST_BYTES = 512 * 2 ** 20
const MOST_BLOBS = 5000

type Stores = { blobs: IDBObjectStore; sizes: IDBObjectStore }

/** Opens the database with its first use. Sizes lie beside the blobs, so that a list reads no blob. */
export function createBlobDatabase(factory: IDBFactory = indexedDB): BlobDatabase {
  let opened: Promise<IDBDatabase> | null = null

  async function withStores<T>(mode: IDBTransactionMode, use: (stores: Stores) => Promise<T>): Promise<T> {
    const transaction = (await database()).transaction(['blobs', 'sizes'], mode)
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(inWords(transaction.error))
    })
    const [answer] = await Promise.all([
      use({ blobs: transaction.objectStore('blobs'), sizes: transaction.objectStore('sizes') }),
      ended,
    ])
    return answer
  }
  /** One that did not open, or that the browser has closed, is opened anew the next time. */
  function database(): Promise<IDBDatabase> {
    if (opened) return opened
    const forget = () => {
      opened = null
    }
    opened = open(factory)
    opened.then((connection) => {
      connection.onclose = forget
    }, forget)
    return opened
  }
  /** All names of a document, from `first` on: an array comes after every text. */
  const rangeOf = (document: string, first: string) => IDBKeyRange.bound([document, first], [document, []])

  return {
    save: (document, name, bytes) =>
      withStores('readwrite', async ({ blobs, sizes }) => {
        const all = await done<number[]>(sizes.getAll())
        const before = await done<number | undefined>(sizes.get([document, name]))
        const total = all.reduce((sum, size) => sum + size, 0) - (before ?? 0) + bytes.byteLength
        if (total > MOST_BYTES)
          throw new Error(fullMessage(`${megabytes(bytes.byteLength)} MB`, `${megabytes(MOST_BYTES)} MB`))
        if (before === undefined && all.length >= MOST_BLOBS)
          throw new Error(fullMessage('a file', `${MOST_BLOBS} files`))
        await Promise.all([
          done(blobs.put(bytes, [document, name])),
          done(sizes.put(bytes.byteLength, [document, name])),
        ])
      }),
    load: (document, name) =>
      withStores(
        'readonly',
        async ({ blobs }) => (await done<Uint8Array | undefined>(blobs.get([document, name]))) ?? null,
      ),
    list: (document, prefix) =>
      withStores('readonly', async ({ sizes }) => {
        const range = rangeOf(document, prefix)
        const [keys, bytes] = await Promise.all([done(sizes.getAllKeys(range)), done<number[]>(sizes.getAll(range))])
        return keys
          .map((key, i) => ({ name: Array.isArray(key) ? String(key[1]) : '', bytes: bytes[i] ?? 0 }))
          .filter(({ name }) => name.startsWith(prefix))
      }),
    delete: (document, name) =>
      withStores('readwrite', async ({ blobs, sizes }) => {
        await Promise.all([done(blobs.delete([document, name])), done(sizes.delete([document, name]))])
      }),
    clear: (document) =>
      withStores('readwrite', async ({ blobs, sizes }) => {
        const range = rangeOf(document, '')
        await Promise.all([done(blobs.delete(range)), done(sizes.delete(range))])
      }),
  }
}

const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20)

function fullMessage(more: string, most: string): string {
  return `There is no room for ${more} more: custom models may store ${most} with this page. Run another model from the start to let go of its checkpoints.`
}

/** The browser's own quota may be less than ours: its disk is full, or the window is a private one. */
function inWords(error: DOMException | null): Error {
  if (error?.name !== 'QuotaExceededError') return error ?? new Error('The browser’s storage gave up.')
  return new Error(
    'The browser gives this page no more room for checkpoints and exports. Free some of the disk, or save less often: saveCheckpointsSteps.',
  )
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(NAME, 1)
  request.onupgradeneeded = () => {
    for (const store of ['blobs', 'sizes']) request.result.createObjectStore(store)
  }
  return done(request)
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(inWords(request.error))
  })
}
