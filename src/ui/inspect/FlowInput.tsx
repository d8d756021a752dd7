import { formatCount } from '../../lib/formatNumber'
import { formatNumber } from '../../plots/legend'
import type { FlowColumn, FlowTerm, RowFlow } from '../../protocol/inspect'
import flowClasses from './flow.module.css'
import { VectorCells } from './VectorCells'

/** What the columns make together: side by side, sorted by name; or the two sides of a dot product. */
export function FlowInput({ flow: { columns, inputWidth, terms } }: { flow: RowFlow }) {
  return (
    <section className={flowClasses.flow} aria-label="Input of the model">
      <h3>
        {inputWidth === null
          ? 'Multiplied number by number, and added up'
          : `Concatenated, sorted by name: ${formatCount(inputWidth)} ${inputWidth === 1 ? 'input' : 'inputs'}`}
      </h3>
      <ol className={flowClasses.input}>
        {columns.map((column) => (
          <li key={column.name}>
            <span className={flowClasses.stepName}>
              {column.name}
              {inputWidth !== null && ` · ${rangeWords(column)}`}
            </span>
            <Values column={column} />
          </li>
        ))}
      </ol>
      {terms && <Sum terms={terms} />}
    </section>
  )
}

function Sum({ terms }: { terms: FlowTerm[] }) {
  return (
    <p className={flowClasses.sum}>
      {terms.map(({ name, value }, i) => (
        <span key={name}>
          {i > 0 && '+ '}
          {name} <b>{formatNumber(value)}</b>{' '}
        </span>
      ))}
      <span>
        = <b>{formatNumber(terms.reduce((sum, { value }) => sum + value, 0))}</b>
      </span>
    </p>
  )
}

function Values({ column: { name, made } }: { column: FlowColumn }) {
  if (made.type === 'embedding') return <VectorCells label={name} values={made.combined} />
  if (made.type === 'numeric') return <VectorCells label={name} values={[made.value]} />
  const ids = made.lookups.map(({ id }) => formatCount(id))
  return <span>{ids.length === 0 ? 'all 0' : `0 … 1 at ${ids.join(', ')} … 0`}</span>
}

function rangeWords({ start, width }: FlowColumn): string {
  return width === 1 ? `input ${formatCount(start)}` : `inputs ${formatCount(start)}–${formatCount(start + width - 1)}`
}
