/**
 * What a categorical column makes of every row of a table: bucket ids in CSR form, ready for lookup.
 * Row r looks up ids[offsets[r]] … ids[offsets[r + 1] - 1]; values out of vocabulary or missing are dropped, as TensorFlow does.
 */
export interface EncodedColumn {
  /** Categorical name: `day_X_hour`. */
  name: string
  buckets: number
  ids: Int32Array
  /** null: exactly one id in every row (offsets[r] = r). */
  offsets: Int32Array | null
  /** Of each id, where they do not count the same. */
  weights?: Float32Array
  /** Values that fall into each bucket: for labels on the map. At most six values a bucket, then '+n more'.
   * '' for a bucket never used, unless it has a key of its own (a word of a vocabulary, a range). */
  readonly bucketKeys: string[]
  /** [buckets] 1 = several values share it; null or absent: none does. */
  readonly shared?: Uint8Array | null
  /** Distinct values (or combinations) seen in the data. */
  distinct: number
  /** Distinct values that share their bucket with another. */
  colliding: number
  /** Rows in which a value was dropped. */
  droppedRows: number
  /** Of a watch list, whose rows look up what came before them: what each row itself holds. */
  own?: EncodedColumn
}
