import { formatCount } from '../../lib/formatNumber'
import type { Collisions } from '../../protocol/inspect'
import collisionsClasses from './collisions.module.css'

/** Used and shared, beside what an even hash does on average: collisions are no bad luck. */
export function CollisionCounts({ collisions }: { collisions: Collisions }) {
  const { buckets, used, shared, values, expectedUsed, expectedShared, loads } = collisions
  return (
    <div className={collisionsClasses.counts}>
      <dl className={collisionsClasses.figures} aria-live="polite">
        <div>
          <dt>Buckets used</dt>
          <dd>
            {formatCount(used)} of {formatCount(buckets)} <small>an even hash: {rounded(expectedUsed)}</small>
          </dd>
        </div>
        <div data-warn={shared > 0 || undefined}>
          <dt>Values that share theirs</dt>
          <dd>
            {formatCount(shared)} of {formatCount(values)} <small>an even hash: {rounded(expectedShared)}</small>
          </dd>
        </div>
      </dl>
      <table className={collisionsClasses.loads}>
        <caption className="visually-hidden">Buckets by how many values they hold</caption>
        <thead>
          <tr>
            <th scope="col">values in a bucket</th>
            {loads.map((load, k) => (
              <th key={loadName(k, loads.length)} scope="col" data-quiet={load.actual === 0 || undefined}>
                {loadName(k, loads.length)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">buckets</th>
            {loads.map(({ actual }, k) => (
              <td key={loadName(k, loads.length)}>{formatCount(actual)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">expected</th>
            {loads.map(({ expected }, k) => (
              <td key={loadName(k, loads.length)}>{rounded(expected)}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function loadName(k: number, length: number): string {
  return k === length - 1 ? `${k} or more` : String(k)
}

function rounded(value: number): string {
  return value >= 99.5 ? formatCount(value) : value < 0.05 ? '0' : value.toFixed(1)
}
