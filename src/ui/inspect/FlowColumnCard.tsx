import { formatCount } from '../../lib/formatNumber'
import type { FlowColumn, FlowLookup } from '../../protocol/inspect'
import flowClasses from './flow.module.css'
import classes from './inspect.module.css'
import { numberText, VectorCells, weightText } from './VectorCells'

const combinerWords = { mean: 'mean', sum: 'sum', sqrtn: 'sum / √n' } as const

/** What one column does with the row, step by step. */
export function FlowColumnCard({ column }: { column: FlowColumn }) {
  const { name, raw, made } = column
  return (
    <section className={flowClasses.flow} aria-label={`Flow of ${name}`}>
      <h3>{name}</h3>
      <ol className={flowClasses.steps}>
        <li>
          <span className={flowClasses.stepName}>in the data</span>
          {raw.map(({ key, text, label }) => (
            <span key={key}>
              {key}: <b>{text === '' ? 'missing' : text}</b>
              {label !== '' && label !== text && <span className={classes.quiet}> ({label})</span>}
            </span>
          ))}
        </li>
        {made.type === 'numeric' ? <NumberSteps made={made} /> : <LookupSteps made={made} />}
      </ol>
    </section>
  )
}

function NumberSteps({ made }: { made: Extract<FlowColumn['made'], { type: 'numeric' }> }) {
  const { transform, mean, deviation, missing, value } = made
  const inner = transform === 'log1p' ? 'log(1 + x)' : 'x'
  const scaled = mean !== 0 || deviation !== 1
  return (
    <>
      <li>
        <span className={flowClasses.stepName}>normalizer</span>
        {missing
          ? 'read as the mean of the training rows'
          : scaled
            ? `(${inner} − ${numberText(mean)}) / ${numberText(deviation)}`
            : inner}
      </li>
      <li>
        <span className={flowClasses.stepName}>1 input</span>
        <VectorCells label="Input" values={[value]} />
      </li>
    </>
  )
}

function LookupSteps({ made }: { made: Exclude<FlowColumn['made'], { type: 'numeric' }> }) {
  const { lookups, buckets } = made
  return (
    <>
      <li>
        <span className={flowClasses.stepName}>
          {lookups.length === 1 ? 'id' : `${lookups.length} ids`} of {formatCount(buckets)}
        </span>
        {lookups.length === 0 && <span>none: nothing is looked up</span>}
        {named(lookups).map(({ key, lookup }) => (
          <span key={key}>
            <b>{lookup.id}</b> <span className={classes.quiet}>{lookup.key}</span>
            {lookup.weight !== 1 && ` × ${weightText(lookup.weight)}`}
          </span>
        ))}
      </li>
      {made.type === 'embedding' ? (
        <>
          <li>
            <span className={flowClasses.stepName}>looked up</span>
            {lookups.length === 0 && <span className={classes.quiet}>no row of the table</span>}
            {named(lookups).map(({ key, lookup }) => (
              <VectorCells key={key} label={`Row ${lookup.id} of the table`} values={lookup.vector} />
            ))}
          </li>
          <li>
            <span className={flowClasses.stepName}>
              {lookups.length === 0 ? 'zeros' : isAsItIs(lookups) ? 'as it is' : combinerWords[made.combiner]}
              {made.maxNorm !== null && `, rows at most ${made.maxNorm} long`}
            </span>
            <VectorCells label="Combined vector" values={made.combined} />
          </li>
        </>
      ) : (
        <li>
          <span className={flowClasses.stepName}>{formatCount(buckets)} inputs</span>
          <span>{indicatorWords(lookups)}</span>
        </li>
      )}
    </>
  )
}

function isAsItIs([first, ...others]: FlowLookup[]): boolean {
  return others.length === 0 && first?.weight === 1
}

/** An id may occur twice in a row. */
function named(lookups: FlowLookup[]) {
  return lookups.map((lookup, i) => ({ lookup, key: `${i} ${lookup.id}` }))
}

function indicatorWords(lookups: FlowLookup[]): string {
  if (lookups.length === 0) return 'all 0'
  const counts = new Map<number, number>()
  for (const { id, weight } of lookups) counts.set(id, (counts.get(id) ?? 0) + weight)
  return `${[...counts].map(([id, count]) => `${weightText(count)} at ${formatCount(id)}`).join(', ')}, else 0`
}
