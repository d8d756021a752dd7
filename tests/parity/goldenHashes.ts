import { type CrossInput, combine, fingerprintCombinations } from '../../src/columns/crossInputs'
import { plainInput } from '../../src/columns/crossKeys'
import { encodeFeature } from '../../src/columns/encodeFeature'
import { columnOf, denseFeature, type Feature, sparseFeature } from '../../src/columns/feature'
import { fingerprints, type Uint64Array } from '../../src/columns/fingerprint64'
import { crossedColumn } from '../../src/experiment/featureColumn'
import golden from '../goldens/tensorflow-feature-columns.json'
import { compare, type ParityRow } from './parityRow'

/** `tf.sparse.cross_hashed` with num_buckets=0, and the largest bucket count of `to_hash_bucket_fast`, take this many. */
const MOST_BUCKETS = 2n ** 63n - 1n

const day = sparseFeature('integer', [0, 3, 6], [1, 1, 1])
const hour = sparseFeature('integer', [0, 17, 23], [1, 1, 1])
const one = (type: Feature['type'], value: string | number, dense = false): Feature =>
  dense ? denseFeature(type, [value]) : sparseFeature(type, [value], [1])

/** Fingerprints and crosses that TensorFlow was asked about one by one. */
export function goldenHashes(): ParityRow[] {
  const [string1, string2] = [
    sparseFeature('string', ['a', 'b', 'c'], [1, 2]),
    sparseFeature('string', ['d', 'e'], [1, 1]),
  ]
  const dense = [denseFeature('integer', [0, 3, 6]), denseFeature('integer', [0, 17, 23])]
  const three = [day, hour, sparseFeature('string', ['m', 'f', 'm'], [1, 1, 1])]
  const digits = golden.cross_int_vs_string_digit_0
  return [
    strings(),
    cross('cross_int_dow_hour_168', 'day × hour', [day, hour], 168n),
    cross('cross_int_dow_hour_0buckets', 'the same, all 63 bits', [day, hour]),
    cross('cross_int_hour_dow_168(order swapped)', 'hour × day', [hour, day], 168n),
    cross('cross_int_dense_168', 'dense inputs', dense, 168n),
    cross('cross_str_doc_example_1000', "the example of TensorFlow's documentation", [string1, string2], 1000n),
    cross('cross_str_doc_example_0', 'the same, all 63 bits', [string1, string2]),
    cross('cross_mixed_sparse_int_then_dense_str_0', 'sparse, then dense', [
      one('integer', 3),
      one('string', 'x', true),
    ]),
    cross('cross_mixed_dense_str_then_sparse_int_0', 'dense, then sparse: the same', [
      one('string', 'x', true),
      one('integer', 3),
    ]),
    cross('cross_mixed_sparse_str_then_sparse_int_0', 'both sparse: in their order', [
      one('string', 'x'),
      one('integer', 3),
    ]),
    cross('cross_with_minus1_0', 'an id of −1', [one('integer', -1), one('integer', 3)]),
    cross('cross_with_minus1_168', 'the same in 168 buckets', [one('integer', -1), one('integer', 3)], 168n),
    cross('cross_hashkey0_0', 'hash_key=0 is the default', [day, hour]),
    cross('cross_hashkey1_0', 'hash_key=1', [day, hour], MOST_BUCKETS, 1),
    cross('cross_empty_str_dense_0', 'an empty text', [one('string', '', true), one('string', 'x', true)]),
    cross('cross_three_1000', 'three keys', three, 1000n),
    cross(
      'cross_int_vs_string_digit_0',
      'numbers enter raw',
      [one('integer', 3), one('integer', 17)],
      MOST_BUCKETS,
      0,
      digits[0],
    ),
    cross(
      'cross_int_vs_string_digit_0',
      'texts by fingerprint',
      [one('string', '3'), one('string', '17')],
      MOST_BUCKETS,
      0,
      digits[1],
    ),
    ...week(),
  ]
}

function unsigned({ high, low }: Uint64Array, i: number): bigint {
  return (BigInt(high[i]! >>> 0) << 32n) | BigInt(low[i]! >>> 0)
}

function strings(): ParityRow {
  const rows = golden.string_to_hash_bucket_fast as [string, number, number, number][]
  const hashes = fingerprints(rows.map(([text]) => text))
  const ours = rows.flatMap((_, i) =>
    [1000n, 10n, MOST_BUCKETS].map((buckets) => Number(unsigned(hashes, i) % buckets)),
  )
  const what = 'to_hash_bucket_fast into 1000, 10 and 2^63 − 1 buckets'
  return compare(
    { part: 'Hashes', golden: 'string_to_hash_bucket_fast', what },
    ours,
    rows.flatMap(([, ...ids]) => ids),
  )
}

function cross(
  name: keyof typeof golden,
  what: string,
  features: Feature[],
  buckets = MOST_BUCKETS,
  hashKey = 0,
  expected = golden[name] as (number | number[])[][],
): ParityRow {
  const inputs: CrossInput[] = features.map((feature, i) => plainInput(columnOf(`key ${i}`, feature), feature.offsets))
  const combinations = combine(inputs)
  const hashes = fingerprintCombinations(inputs, combinations, hashKey)
  const ours = Array.from(combinations.rows.values, (code) => Number(unsigned(hashes, code) % buckets))
  return compare(
    { part: 'Hashes', golden: name, what: `cross_hashed: ${what}` },
    ours,
    expected.map(([, id]) => id as number),
  )
}

/** The course's cross: all 168 hours of the week. */
function week(): ParityRow[] {
  const features = {
    day: denseFeature(
      'integer',
      Array.from({ length: 168 }, (_, i) => Math.floor(i / 24)),
    ),
    hour: denseFeature(
      'integer',
      Array.from({ length: 168 }, (_, i) => i % 24),
    ),
  }
  const ids = (buckets: number) => encodeFeature(crossedColumn(['day', 'hour'], buckets), features).ids
  const row = (name: keyof typeof golden, what: string) => ({ part: 'Crosses', golden: name, what }) as const
  return [
    compare(
      row('dow_x_hour_168_all', 'crossed_column([day, hour], 24*7), all pairs'),
      ids(168),
      golden.dow_x_hour_168_all,
    ),
    compare(
      row('dow_x_hour_168_distinct', 'buckets it uses'),
      [new Set(ids(168)).size],
      [golden.dow_x_hour_168_distinct],
    ),
    compare(
      row('dow_x_hour_1680_distinct', 'buckets used of 1,680'),
      [new Set(ids(1680)).size],
      [golden.dow_x_hour_1680_distinct],
    ),
  ]
}
