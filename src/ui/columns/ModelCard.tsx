import { labelColumns } from '../../experiment/checkExperiment'
import type { Experiment } from '../../experiment/experiment'
import { formatBytes, formatCount } from '../../lib/formatNumber'
import layout from '../controls/layout.module.css'
import { labelWords } from '../data/labelChoices'
import { useApp, useAppStore } from '../useApp'
import classes from './columns.module.css'
import { ModelChoice } from './ModelChoice'
import { ModelDiagram } from './ModelDiagram'
import { openSweep } from './openSweep'

/** The model as a picture and in one line, with its size. */
export function ModelCard() {
  const { store } = useApp()
  const { experiment, parameters, bytes } = useAppStore(({ experiment, run }) => ({
    experiment,
    parameters: run?.parameters ?? null,
    bytes: run?.bytes ?? null,
  }))
  return (
    <section className={layout.section} aria-label="Model">
      <div className={classes.sectionHead}>
        <h2>Model</h2>
        {parameters !== null && bytes !== null && (
          <span
            className={classes.headNote}
            title="Weights, and the bytes they take together with the optimizer’s state"
          >
            {formatCount(parameters)} parameters · {formatBytes(bytes)}
          </span>
        )}
      </div>
      <div className={classes.model}>
        <ModelChoice />
        <ModelDiagram experiment={experiment} />
        <p className={classes.formula}>{formula(experiment)}</p>
        <button type="button" className={classes.inside} onClick={() => openSweep(store.getState(), null)}>
          Try many values of a setting
        </button>
      </div>
    </section>
  )
}

function formula({ model, label }: Experiment): string {
  const output = labelWords(label)
  if (model.type === 'dotProduct') {
    const biases = model.biases ? 'biases + ' : ''
    return `${output} = ⟨${model.item}, ${model.user}⟩ + ${biases}mean`
  }
  if (model.type === 'watchList') return `next ${output} = softmax over all, from the list of a ${model.user}`
  const layers = model.hiddenUnits.length
  const through = layers === 0 ? 'a linear layer' : `${layers} hidden ${layers === 1 ? 'layer' : 'layers'}`
  const outputs = labelColumns(label).length
  if (label.task === 'multiclass') return `${through}, then softmax over ${output}`
  if (label.task === 'binary') return `${through}, then sigmoid for ${output}`
  return outputs === 1 ? `${through} to ${output}` : `${through} to ${outputs} targets at once`
}
