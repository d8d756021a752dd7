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

/** The six things that the model function returned last, in each mode. */
export function SpecSection() {
  const specs = useLab(({ run }) => run.specs)
  const [chosen, setChosen] = useState<Mode>('train')
  const known = modes.filter(({ value }) => specs[value])
  const mode = specs[chosen] ? chosen : known[0]?.value
  const spec = mode && specs[mode]
  return (
    <Section title="The last EstimatorSpec" aside={spec && <span>at step {spec.globalStep}</span>}>
      {mode && spec ? (
        <>
          <TabList<Mode> label="Mode" tabs={known} value={mode} panelId="spec-cards" onChange={setChosen} />
          <div id="spec-cards" role="tabpanel" aria-label={`EstimatorSpec in ${mode} mode`} className={classes.cards}>
            <SpecCards spec={spec} />
          </div>
        </>
      ) : (
        <p className={classes.quiet}>Six cards: what the model function returns.</p>
      )}
    </Section>
  )
}

function SpecCards({ spec }: { spec: SpecMessage }) {
  const { mode, predictions, loss, trainOp, evalMetricOps, exportOutputs } = spec
  const outputs = Object.entries(exportOutputs ?? {})
  return (
    <>
      <Card name="mode" about="what the model function is called for">
        {modes.find(({ value }) => value === mode)?.title}
      </Card>
      <Card name="predictions" about="tensors by name">
        {predictions && <Tensors tensors={predictions} />}
      </Card>
      <Card name="loss" about="what training makes small">
        {loss === null ? null : metricText(loss)}
      </Card>
      <Card name="trainOp" about="how a step makes it small">
        {trainOp}
      </Card>
      <Card name="evalMetricOps" about="what an evaluation measures">
        {evalMetricOps && evalMetricOps.length > 0 ? evalMetricOps.join(', ') : null}
      </Card>
      <Card name="exportOutputs" about="what the exported model answers">
        {outputs.length === 0
          ? null
          : outputs.map(([name, { kind, outputs: tensors }]) => (
              <div key={name}>
                {name} <small>{kind}</small>
                <Tensors tensors={tensors} />
              </div>
            ))}
      </Card>
    </>
  )
}

function Card({ name, about, children }: { name: string; about: string; children: ReactNode }) {
  const isGiven = children !== null && children !== undefined
  return (
    <article className={classes.card} data-given={isGiven}>
      <h3>{name}</h3>
      <p className={classes.quiet}>{about}</p>
      <div className={classes.given}>{isGiven ? children : 'not given'}</div>
    </article>
  )
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
