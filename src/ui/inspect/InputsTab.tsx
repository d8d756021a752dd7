import { Button } from '@mantine/core'
import { useState } from 'react'
import type { BackendName, DenseColumn, NumericColumn } from '../../experiment/experiment'
import { formatCount } from '../../lib/formatNumber'
import type { InputsCompared, InputsRun } from '../../protocol/inspect'
import { formatMetric } from '../measures/metricTitles'
import { useApp } from '../useApp'
import { InputsCurves } from './InputsCurves'
import classes from './inspect.module.css'
import { timeText } from './timeText'
import { askInspection } from './useInspection'

/** For a column that is no embedding yet. */
const DIMENSION = 2

type State = { state: 'idle' } | { state: 'training' } | { state: 'failed'; message: string } | Done
type Done = { state: 'done'; compared: InputsCompared }

/** The same labels and hidden layer behind an indicator (N inputs) and behind an embedding (d inputs), both trained here. */
export function InputsTab({ column }: { column: Exclude<DenseColumn, NumericColumn> }) {
  const { ask } = useApp()
  const [answer, setAnswer] = useState<State>({ state: 'idle' })
  const { categorical } = column
  const dimension = column.type === 'embedding' ? column.dimension : DIMENSION

  async function train() {
    setAnswer({ state: 'training' })
    try {
      const compared = await askInspection(ask, { about: 'inputs', column: categorical, dimension })
      setAnswer({ state: 'done', compared })
    } catch (error) {
      setAnswer({ state: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }
  return (
    <div className={classes.stack}>
      <p className={classes.lead}>
        “It’s easier to train a model with d inputs than a model with N inputs.” Measure it: two networks that differ in
        one thing. One reads this column as N zeros and ones (an indicator), the other as the d numbers of its vector.
      </p>
      <div className={classes.size}>
        <Button variant="filled" disabled={answer.state === 'training'} onClick={() => void train()}>
          {answer.state === 'training' ? 'Training both…' : answer.state === 'done' ? 'Train both again' : 'Train both'}
        </Button>
        <span className={classes.quiet}>A few seconds, beside the present run, which waits and stays as it is.</span>
      </div>
      {answer.state === 'failed' && <p className={classes.warning}>{answer.message}</p>}
      {answer.state === 'done' && <Compared {...answer.compared} />}
    </div>
  )
}

const backendTitles: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' }

const rows: { title: string; help: string; read(run: InputsRun): string }[] = [
  { title: 'inputs', help: 'Width of what the hidden layer reads', read: ({ inputs }) => formatCount(inputs) },
  { title: 'parameters', help: 'All trained numbers', read: ({ parameters }) => formatCount(parameters) },
  { title: 'time an epoch', help: 'Of training alone; the median', read: ({ msPerEpoch }) => timeText(msPerEpoch) },
  {
    title: 'validation loss, first epoch',
    help: 'After one epoch',
    read: ({ validationLoss }) => formatMetric(validationLoss[1], 4),
  },
  {
    title: 'validation loss, best',
    help: 'Of all epochs',
    read: ({ validationLoss }) => formatMetric(Math.min(...validationLoss), 4),
  },
]

function Compared(compared: InputsCompared) {
  const { hidden, batchSize, epochs, backend, indicator, embedding } = compared
  return (
    <>
      <div className={classes.halves}>
        <table className={classes.compared}>
          <thead>
            <tr>
              <th scope="col">measured</th>
              <th scope="col">indicator, N = {formatCount(indicator.inputs)}</th>
              <th scope="col">embedding, d = {formatCount(embedding.inputs)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ title, help, read }) => (
              <tr key={title}>
                <th scope="row" title={help}>
                  {title}
                </th>
                <td>{read(indicator)}</td>
                <td>{read(embedding)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <InputsCurves compared={compared} />
      </div>
      <p>{comparedWords(compared)}</p>
      <p className={classes.quiet}>
        Hidden layer of {hidden}, batches of {formatCount(batchSize)}, {epochs} epochs, on {backendTitles[backend]}.
        Both are given the help of sparseness: this page never multiplies the zeros of an indicator, it adds up the{' '}
        {hidden} weights behind each 1. “Sparse or dense” measures what the zeros would cost.
      </p>
    </>
  )
}

/** What was measured in one sentence, whichever of them it favours. */
export function comparedWords({ indicator, embedding }: InputsCompared): string {
  const parameters = indicator.parameters / embedding.parameters
  const time = indicator.msPerEpoch / embedding.msPerEpoch
  const loss = 100 * (Math.min(...embedding.validationLoss) / Math.min(...indicator.validationLoss) - 1)
  const size = parameters >= 1 ? `${timesText(parameters)} fewer` : `${timesText(1 / parameters)} more`
  const speed =
    time >= 1.1
      ? `in ${timesText(time)} less time`
      : time <= 0.9
        ? `in ${timesText(1 / time)} the time`
        : 'in about the same time'
  const quality =
    Math.abs(loss) < 1
      ? 'the same best loss within 1 %'
      : `a best loss ${Math.abs(loss).toFixed(0)} % ${loss < 0 ? 'lower' : 'higher'}`
  return `Here the embedding has ${size} parameters, does an epoch ${speed}, and comes to ${quality}.`
}

function timesText(ratio: number): string {
  return `${ratio < 9.95 ? ratio.toFixed(1) : formatCount(ratio)} times`
}
