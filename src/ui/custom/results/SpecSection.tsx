import { type ReactNode, useState } from 'react'
import type { SpecMessage, TensorMessage } from '../../../sandbox/protocol'
import { TabList } from '../../inspect/TabList'
import { Section } from '../../measures/Section'
import { useLab } from '../useLab'
import { metricText } from './metricText'
import classes from './results.module.css'

const modes = [
  { value: 'train', title: 'TRAIN' },
  { value: 'eval', title: 'EVAL' },
  { value: 'infer', title: 'PREDICT' },
] as const
type Mode = SpecMessage['mode']

/** The six things that the model function returned last, in each mode: the same six cards, whatever is known, so that nothing moves when it comes. */
export function SpecSection() {
  const specs = useLab(({ run }) => run.specs)
  const [mode, setMode] = useState<Mode>('train')
  const spec = specs[mode]
  return (
    <Section title="The last EstimatorSpec" aside={spec && <span>at step {spec.globalStep}</span>}>
      <TabList<Mode> label="Mode" tabs={modes} value={mode} panelId="spec-cards" onChange={setMode} />
      <div id="spec-cards" role="tabpanel" aria-label={`EstimatorSpec in ${mode} mode`} className={classes.cards}>
        {partsOf(mode, spec).map(({ name, about, given }) => (
          <article key={name} className={classes.card} data-given={given !== null}>
            <h3>{name}</h3>
            <p className={classes.quiet}>{about}</p>
            <div className={classes.given}>{given ?? (spec ? 'not given' : '–')}</div>
          </article>
        ))}
      </div>
    </Section>
  )
}

interface Part {
  name: 'mode' | keyof typeof nothing
  about: string
  given: ReactNode
}

/** `spec`: undefined while the model function has not been called in this mode. */
function partsOf(mode: Mode, spec: SpecMessage | undefined): Part[] {
  const { predictions, loss, trainOp, evalMetricOps, exportOutputs } = spec ?? nothing
  const title = modes.find(({ value }) => value === mode)?.title
  return [
    { name: 'mode', about: 'what the model function is called for', given: spec ? title : 'not called for it yet' },
    { name: 'predictions', about: 'tensors by name', given: predictions && <Tensors tensors={predictions} /> },
    { name: 'loss', about: 'what training makes small', given: loss === null ? null : metricText(loss) },
    { name: 'trainOp', about: 'how a step makes it small', given: trainOp },
    { name: 'evalMetricOps', about: 'what an evaluation measures', given: evalMetricOps?.join(', ') ?? null },
    {
      name: 'exportOutputs',
      about: 'what the exported model answers',
      given: exportOutputs && <Outputs outputs={exportOutputs} />,
    },
  ]
}

const nothing = { predictions: null, loss: null, trainOp: null, evalMetricOps: null, exportOutputs: null }

function Outputs({ outputs }: { outputs: NonNullable<SpecMessage['exportOutputs']> }) {
  return Object.entries(outputs).map(([name, { kind, outputs: tensors }]) => (
    <div key={name}>
      {name} <small>{kind}</small>
      <Tensors tensors={tensors} />
    </div>
  ))
}

function Tensors({ tensors }: { tensors: Readonly<Record<string, TensorMessage>> }) {
  return (
    <ul className={classes.tensors}>
      {Object.entries(tensors).map(([name, { dtype, shape, head }]) => (
        <li key={name} title={head.map(metricText).join(', ')}>
          {name} <small>{`${dtype} [${shape.join(' × ')}]`}</small> {head.slice(0, 3).map(metricText).join(', ')}
          {head.length > 3 && ' …'}
        </li>
      ))}
    </ul>
  )
}
