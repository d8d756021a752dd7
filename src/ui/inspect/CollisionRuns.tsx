import { Button } from '@mantine/core'
import type { CategoricalColumn, DenseColumn, Experiment, NumericColumn } from '../../experiment/experiment'
import { formatCount } from '../../lib/formatNumber'
import type { RunRecord } from '../../store/runSlice'
import { selectMetric } from '../../store/selectors'
import type { Store } from '../../store/slice'
import { formatMetric, formatNamedMetric, metricHelp, metricTitles } from '../measures/metricTitles'
import { useApp, useAppStore } from '../useApp'
import { useThrottled } from '../useThrottled'
import collisionsClasses from './collisions.module.css'
import { exactForm, hashedForm, withCategorical } from './hashedForm'
import classes from './inspect.module.css'

interface Props {
  column: Exclude<DenseColumn, NumericColumn>
  index: number
  /** Buckets of the hashed form. */
  buckets: number
}

/** The best run of the visit that asked for the same, from first weights: one that opened up has the steps of another in it. */
function findRun(history: RunRecord[], experiment: Experiment): RunRecord | null {
  const asked = sameRun(experiment)
  const lossOf = ({ best }: RunRecord) => best?.validation.loss ?? Number.POSITIVE_INFINITY
  const found = history.filter((record) => !record.keptVectors && sameRun(record.experiment) === asked)
  return found.toSorted((a, b) => lossOf(a) - lossOf(b))[0] ?? null
}

/** How long a run goes on, and the size that an exact cross does not use, make no other model. */
function sameRun({ stop: _, ...experiment }: Experiment): string {
  const columns = experiment.columns.map((column) =>
    column.type !== 'numeric' && column.categorical.type === 'crossed' && column.categorical.exact
      ? { ...column, categorical: { ...column.categorical, hashBucketSize: 0 } }
      : column,
  )
  return JSON.stringify({ ...experiment, columns })
}

/** What collisions cost: the validation loss of two runs that differ in nothing else. */
export function CollisionRuns({ column, index, buckets }: Props) {
  const { categorical } = column
  const forms = [
    { title: `Hashed into ${formatCount(buckets)}`, button: 'Train it hashed', form: hashedForm(categorical, buckets) },
    { title: 'Exact: no collisions', button: 'Train the exact one', form: exactForm(categorical) },
  ]
  const metric = useAppStore(selectMetric)
  return (
    <section className={classes.part} aria-label="With and without collisions">
      <h3>With and without collisions</h3>
      <p className={classes.quiet}>Two runs of this visit that differ in nothing else, at their best epoch.</p>
      <table className={classes.compared}>
        <thead>
          <tr>
            <th scope="col">validation</th>
            {forms.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <Measures metric={metric} index={index} forms={forms.map(({ form }) => form)} />
        <tfoot>
          <tr>
            <th scope="row">
              <span className="visually-hidden">train</span>
            </th>
            {forms.map(({ title, button, form }) => (
              <td key={title}>
                <TrainButton label={button} index={index} form={form} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      <OpenUp column={column} index={index} />
    </section>
  )
}

/** The exact cross from the vectors of the hashed one: points that were one begin in one place. */
function OpenUp({ column, index }: Pick<Props, 'column' | 'index'>) {
  const { store } = useApp()
  const { categorical } = column
  const trained = useAppStore(({ step }) => step > 0)
  const exact = exactForm(categorical)
  if (JSON.stringify(exact) === JSON.stringify(categorical)) return null
  function open() {
    const { edit, play, setView } = store.getState()
    setView({ inspecting: null })
    edit((experiment) => withCategorical(experiment, index, exact), { keepVectors: true })
    play()
  }
  return (
    <div className={collisionsClasses.openUp}>
      <Button disabled={!trained} onClick={open}>
        See the points part
      </Button>
      <p className={classes.quiet}>
        {trained
          ? 'Goes on exact from these very vectors: on the map, points that were one begin in one place and open up.'
          : 'Train it hashed first: then its points can open up on the map.'}
      </p>
    </div>
  )
}

interface MeasuresProps {
  metric: ReturnType<typeof selectMetric>
  index: number
  forms: CategoricalColumn[]
}

function Measures({ metric, index, forms }: MeasuresProps) {
  const selectRuns = (state: Store) =>
    forms.map((form) => findRun(state.history, withCategorical(state.experiment, index, form)))
  const runs = useThrottled(selectRuns, 300)
  const keyed = runs.map((run, i) => ({ run, key: `${i}` }))
  return (
    <tbody>
      <tr>
        <th scope="row" title={metricHelp.loss}>
          loss
        </th>
        {keyed.map(({ run, key }) => (
          <td key={key}>{formatMetric(run?.best?.validation.loss)}</td>
        ))}
      </tr>
      {metric !== 'loss' && (
        <tr>
          <th scope="row" title={metricHelp[metric]}>
            {metricTitles[metric]}
          </th>
          {keyed.map(({ run, key }) => (
            <td key={key}>{formatNamedMetric(metric, run?.best?.validation[metric])}</td>
          ))}
        </tr>
      )}
      <tr>
        <th scope="row">epochs</th>
        {keyed.map(({ run, key }) => (
          <td key={key}>{run?.last ? Math.floor(run.last.epoch) : '–'}</td>
        ))}
      </tr>
    </tbody>
  )
}

/** Starts the run, or goes on with it when it is the present one. */
function TrainButton({ label, index, form }: { label: string; index: number; form: CategoricalColumn }) {
  const { store } = useApp()
  const isPresent = useAppStore(
    ({ experiment }) => sameRun(withCategorical(experiment, index, form)) === sameRun(experiment),
  )
  const status = useAppStore((s) => s.status)
  const playing = isPresent && (status === 'playing' || status === 'starting')
  return (
    <Button
      disabled={playing}
      onClick={() => {
        const { edit, play } = store.getState()
        edit((experiment) => withCategorical(experiment, index, form))
        play()
      }}
    >
      {playing ? 'Training…' : isPresent ? 'Train on' : label}
    </Button>
  )
}
