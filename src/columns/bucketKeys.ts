/** Values named for one bucket; those beyond it are counted. */
const LIMIT = 6

export interface BucketKeys {
  bucketKeys: string[]
  distinct: number
  colliding: number
}

/**
 * Names each bucket by the values that fall into it ('4 × 17', 'Rome · Oslo · +3 more') and counts collisions.
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
  const bucketKeys = new Array<string>(buckets).fill('')
  for (let i = 0; i < ownKeys.length; i++) bucketKeys[i] = ownKeys[i]!
  const sharing = new Int32Array(buckets)
  let distinct = 0
  for (let code = 0; code < idOfCode.length; code++) {
    if (!isSeen(code)) continue
    distinct++
    const id = idOfCode[code]!
    if (id < 0) continue
    sharing[id]!++
    if (sharing[id]! > LIMIT) continue
    const text = label(code)
    if (bucketKeys[id] === '') bucketKeys[id] = text
    else if (id >= ownKeys.length || text !== ownKeys[id]) bucketKeys[id] += ` · ${text}`
  }
  let colliding = 0
  for (let id = 0; id < buckets; id++) {
    if (sharing[id]! > 1) colliding += sharing[id]!
    if (sharing[id]! > LIMIT) bucketKeys[id] += ` · +${sharing[id]! - LIMIT} more`
  }
  return { bucketKeys, distinct, colliding }
}
