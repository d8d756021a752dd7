import { formatBytes, formatCount } from '../../lib/formatNumber'
import { useAppStore } from '../useApp'
import { useThrottled } from '../useThrottled'
import classes from './measures.module.css'
import { Section } from './Section'

/** Size of the model and of what it is trained on. */
export function RunFacts() {
  const run = useAppStore((s) => s.run)
  const memoryBytes = useThrottled((s) => s.memoryBytes, 1000)
  if (!run) return null
  const unseen = run.validationOnlyIds.filter(({ ids }) => ids > 0)
  return (
    <Section title="This run">
      <dl className={classes.facts}>
        <dt>Parameters</dt>
        <dd>{formatCount(run.parameters)}</dd>
        <dt>Weights and optimizer</dt>
        <dd>{formatBytes(run.bytes)}</dd>
        {memoryBytes > 0 && (
          <>
            <dt>Memory of the worker</dt>
            <dd>{formatBytes(memoryBytes)}</dd>
          </>
        )}
        <dt>Rows, training + validation</dt>
        <dd>
          {formatCount(run.trainRows)} + {formatCount(run.validationRows)}
        </dd>
        {unseen.map(({ column, ids, rows }) => (
          <FactOfUnseen key={column} column={column} ids={ids} rows={rows} />
        ))}
      </dl>
    </Section>
  )
}

function FactOfUnseen({ column, ids, rows }: { column: string; ids: number; rows: number }) {
  return (
    <>
      <dt>{column} only in validation</dt>
      <dd>
        {formatCount(ids)} {ids === 1 ? 'id' : 'ids'} in {formatCount(rows)} {rows === 1 ? 'row' : 'rows'}
      </dd>
    </>
  )
}
