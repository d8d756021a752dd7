/** Values named for one bucket; those beyond it are counted. */
const LIMIT = 6

export interface BucketKeys {
  /** Names each bucket by the values that fall into it ('4 × 17', 'Rome · Oslo · +3 more'): made when first asked for, which takes longer than hashing did. */
  keys(): string[]
  /** [buckets] 1 = several values fall into it; null where none does. */
  shared(): Uint8Array | null
  distinct: number
  colliding: number
}

/**
 * Counts collisions and names buckets.
 *
 * @param idOfCode bucket of each distinct value; negative = dropped, which still counts as seen
 * @param label text of a distinct value
 * @param isSeen whether any row holds the value
 * @param ownKeys keys that the first buckets have whether seen or not: the words of a vocabulary
 */
export function nameBuckets(
  buckets: number,
  idOfCode: Int32Array,
  label: (code: number) => string,
  isSeen: (code: number) => boolean,
  ownKeys: readonly string[] = [],
): BucketKeys {
  const sharing = new Int32Array(buckets)
  let distinct = 0
  for (let code = 0; code < idOfCode.length; code++) {
    if (!isSeen(code)) continue
    distinct++
    if (idOfCode[code]! >= 0) sharing[idOfCode[code]!]!++
  }
  let colliding = 0
  for (let id = 0; id < buckets; id++) if (sharing[id]! > 1) colliding += sharing[id]!
  let named: string[] | null = null
  const keys = () => {
    named ??= keysOf(buckets, idOfCode, label, isSeen, ownKeys)
    return named
  }
  const shared = () => (colliding === 0 ? null : Uint8Array.from(sharing, (values) => Number(values > 1)))
  return { keys, shared, distinct, colliding }
}

function keysOf(
  buckets: number,
  idOfCode: Int32Array,
  label: (code: number) => string,
  isSeen: (code: number) => boolean,
  ownKeys: readonly string[],
): string[] {
  const bucketKeys = new Array<string>(buckets).fill('')
  for (let i = 0; i < ownKeys.length; i++) bucketKeys[i] = ownKeys[i]!
  const sharing = new Int32Array(buckets)
  for (let code = 0; code < idOfCode.length; code++) {
    const id = idOfCode[code]!
    if (id < 0 || !isSeen(code)) continue
    sharing[id]!++
    if (sharing[id]! > LIMIT) continue
    const text = label(code)
    if (bucketKeys[id] === '') bucketKeys[id] = text
    else if (id >= ownKeys.length || text !== ownKeys[id]) bucketKeys[id] += ` · ${text}`
  }
  for (let id = 0; id < buckets; id++) {
    if (sharing[id]! > LIMIT) bucketKeys[id] += ` · +${sharing[id]! - LIMIT} more`
  }
  return bucketKeys
}
