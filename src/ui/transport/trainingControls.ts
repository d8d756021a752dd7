import type { Experiment, OptimizerSpec } from '../../experiment/experiment'
import { optimizerNames } from '../../experiment/optimizerNames'
import { flavorOf } from '../../experiment/optimizerRules'
import { formatCount, formatSetting } from '../../lib/formatNumber'
import type { Store } from '../../store/slice'

/** A setting of the training bar as data: one component draws them all. */
export interface TrainingControl {
  id: string
  label: string
  /** The label in the bar, where it says more than that. */
  labelOf?(state: Store): string
  /** In the bar, in pixels. */
  width: number
  help: string
  options: { value: string; label: string }[]
  read(state: Store): string
  apply(state: Store, value: string): void
}

const rates = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]
const batchSizes = [1, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 65_536]
const penalties = [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3, 1]
const paces = [1, 5, 20, 60, 120, 300]

function numbers(values: number[], format: (value: number) => string) {
  return values.map((value) => ({ value: String(value), label: format(value) }))
}

function edited(change: (experiment: Experiment, value: string) => Experiment): TrainingControl['apply'] {
  return (state, value) => state.edit((experiment) => change(experiment, value))
}

const optimizerTypes = Object.keys(optimizerNames) as OptimizerSpec['type'][]

const optimizerControl: TrainingControl = {
  id: 'optimizer',
  label: 'Optimizer',
  labelOf: ({ experiment }) => (flavorOf(experiment.optimizer) === 'keras' ? 'Optimizer, Keras' : 'Optimizer'),
  width: 98,
  help: 'How a gradient becomes a step. Adagrad gives each weight a step of its own: rare ids learn faster; Row Adagrad keeps one number a row. Adam is lazy here, moving only the rows looked up; Adam, all rows moves every row in every step, as TensorFlow and Keras do, which takes longer the larger the table.',
  options: optimizerTypes.map((type) => ({ value: type, label: optimizerNames[type] })),
  read: (state) => state.experiment.optimizer.type,
  apply: edited((experiment, value) => {
    const type = optimizerTypes.find((option) => option === value) ?? experiment.optimizer.type
    return { ...experiment, optimizer: { ...experiment.optimizer, type } }
  }),
}

const learningRateControl: TrainingControl = {
  id: 'learningRate',
  label: 'Learning rate',
  width: 78,
  help: 'Size of a step. Applies at once, while training goes on.',
  options: numbers(rates, formatSetting),
  read: (state) => String(state.experiment.optimizer.learningRate),
  apply: (state, value) => state.tuneLearningRate(Number(value)),
}

const batchSizeControl: TrainingControl = {
  id: 'batchSize',
  label: 'Batch size',
  width: 68,
  help: 'Rows whose gradients are summed up before the weights move. 1: a step on every row, one after the other; a dot product then trains on several cores.',
  options: numbers(batchSizes, formatCount),
  read: (state) => String(state.experiment.batchSize),
  apply: edited((experiment, value) => ({ ...experiment, batchSize: Number(value) })),
}

const l2Control: TrainingControl = {
  id: 'l2',
  label: 'L2',
  width: 64,
  help: 'Pulls the vectors that a batch looks up towards zero: less overfitting, a rounder map.',
  options: numbers(penalties, formatSetting),
  read: (state) => String(state.experiment.l2),
  apply: edited((experiment, value) => ({ ...experiment, l2: Number(value) })),
}

const paceControl: TrainingControl = {
  id: 'pace',
  label: 'Speed',
  width: 64,
  help: 'Steps a second: slow enough to watch, or as fast as it goes.',
  options: [{ value: 'full', label: 'Full' }, ...paces.map((pace) => ({ value: String(pace), label: `${pace}/s` }))],
  read: (state) => (state.pace === null ? 'full' : String(state.pace)),
  apply: (state, value) => state.setPace(value === 'full' ? null : Number(value)),
}

/** In the order of the bar. */
export const trainingControls = [optimizerControl, learningRateControl, batchSizeControl, l2Control, paceControl]

/** The options, and the current value among them when it is none of them (from a link). */
export function optionsWith(control: TrainingControl, value: string): { value: string; label: string }[] {
  if (control.options.some((option) => option.value === value)) return control.options
  const own = { value, label: formatSetting(Number(value)) }
  return [...control.options, own].sort((a, b) => Number(a.value) - Number(b.value))
}
