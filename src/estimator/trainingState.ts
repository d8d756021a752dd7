import {
  add,
  keep,
  range,
  reshape,
  scatterND,
  type Tensor,
  type Tensor2D,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core'
import type { IndexedSlices } from '../kernels/indexedSlices'
import { readTensor } from '../kernels/readTensor'
import { applySparse } from '../model/applySparse'
import { createOptimizer, type Optimizer } from '../model/optimizer'
import { ownTensor, type Parameter } from '../model/parameter'
import { tableOf } from './embeddingLookups'
import type { Gradients } from './gradientsOf'
import type { SavedArray, SavedArrays } from './savedArrays'
import type { TrainOptimizer } from './trainOptimizer'
import { renewMemory } from './variableStore'

/** What optimizers keep beside the variables: accumulators, moments, steps taken. */
export interface TrainingState {
  /** One step, in place; variables without a gradient stay. `name`: of the optimizer's state. Call within `tidy`. */
  apply(optimizer: Pick<TrainOptimizer, 'name' | 'spec'>, gradients: Gradients, variables: Iterable<Variable>): void
  /** `hidden_0/kernel/Adagrad/accumulator`. */
  save(): Promise<[string, SavedArray][]>
  /** By optimizer, for the metadata of a checkpoint. */
  steps(): Record<string, string>
  /** Slots alive. */
  tensors(): number
  dispose(): void
}

interface Kept {
  inner: Optimizer
  parameters: Map<Variable, Parameter>
}

/** `saved`: a checkpoint to go on from; arrays taken over are removed from it. `nameOf` a variable in it; null: it is not saved. */
export function createTrainingState(
  saved: SavedArrays | null,
  nameOf: (variable: Variable) => string | null = () => null,
): TrainingState {
  const kept = new Map<string, Kept>()

  function keptOf({ name, spec }: Pick<TrainOptimizer, 'name' | 'spec'>): Kept {
    const known = kept.get(name)
    if (known) return known
    const inner = createOptimizer(spec)
    inner.steps = Number(saved?.metadata[stepsKey(name)] ?? 0)
    const made = { inner, parameters: new Map<Variable, Parameter>() }
    kept.set(name, made)
    return made
  }

  function parameterOf({ inner, parameters }: Kept, optimizer: string, variable: Variable): Parameter {
    const known = parameters.get(variable)
    if (known) return known
    const parameter = new VariableParameter(variable)
    const name = nameOf(variable)
    for (const slot of inner.slots) {
      const key = slotKey(name, optimizer, slot.name)
      const array = saved?.arrays.get(key)
      if (!array) continue
      saved?.arrays.delete(key)
      const width = slot.perRow ? 1 : parameter.dimension
      // Called within the tidy of a step, which would take it along.
      parameter.slots.set(slot.name, keep(ownTensor(Float32Array.from(array.values), parameter.rows, width)))
    }
    parameters.set(variable, parameter)
    return parameter
  }

  return {
    apply(optimizer, { grads, slices }, variables) {
      const state = keptOf(optimizer)
      state.inner.learningRate = optimizer.spec.learningRate
      const steps = new Map<Parameter, IndexedSlices>()
      for (const variable of variables) {
        const gradient = joined(variable, grads[variable.name], slices.get(tableOf(variable)))
        if (!gradient) continue
        renewMemory(variable)
        steps.set(parameterOf(state, optimizer.name, variable), gradient)
      }
      applySparse(state.inner, steps)
    },
    async save() {
      const reads = [...kept].flatMap(([optimizer, { parameters }]) =>
        [...parameters].flatMap(([variable, { slots }]) => {
          const name = nameOf(variable)
          if (name === null) return []
          return [...slots].map(async ([slot, tensor]): Promise<[string, SavedArray]> => {
            const values = await readTensor(tensor)
            return [slotKey(name, optimizer, slot), { dtype: 'float32', shape: tensor.shape, values }]
          })
        }),
      )
      return Promise.all(reads)
    },
    steps: () => Object.fromEntries([...kept].map(([name, { inner }]) => [stepsKey(name), String(inner.steps)])),
    tensors() {
      const counts = [...kept.values()].flatMap(({ parameters }) =>
        [...parameters.values()].map(({ slots }) => slots.size),
      )
      return counts.reduce((sum, count) => sum + count, 0)
    },
    dispose() {
      for (const { parameters } of kept.values())
        for (const { slots } of parameters.values()) for (const slot of slots.values()) slot.dispose()
      kept.clear()
    },
  }
}

const slotKey = (variable: string | null, optimizer: string, slot: string) => `${variable}/${optimizer}/${slot}`
const stepsKey = (optimizer: string) => `steps/${optimizer}`

/** A variable of any shape as rows × dimension: its last axis is the dimension, and a vector is one row. */
class VariableParameter implements Parameter {
  readonly rows: number
  readonly dimension: number
  readonly trainable = true
  readonly slots = new Map<string, Tensor2D>()

  constructor(private readonly variable: Variable) {
    this.dimension = variable.shape.at(-1) ?? 1
    this.rows = variable.size / this.dimension
  }

  /** Shares the memory of the variable, so that what is written into it is the variable's. */
  get tensor(): Tensor2D {
    const { variable, rows, dimension } = this
    return variable.rank === 2 ? (variable as unknown as Tensor2D) : reshape(variable, [rows, dimension])
  }
}

/** null: the loss does not depend on the variable. */
function joined(
  variable: Variable,
  dense: Tensor | undefined,
  sparse: IndexedSlices | undefined,
): IndexedSlices | null {
  if (!dense) return sparse ?? null
  const dimension = variable.shape.at(-1) ?? 1
  const rows = variable.size / dimension
  return tidy(() => {
    const flat = reshape(dense, [rows, dimension]) as Tensor2D
    const values = sparse ? add<Tensor2D>(flat, spread(sparse, rows, dimension)) : flat
    return { touched: rows, rows: range(0, rows, 1, 'int32'), values }
  })
}

/** Rows touched as a whole table. */
function spread({ touched, rows, values }: IndexedSlices, tableRows: number, dimension: number): Tensor2D {
  return scatterND(reshape(rows.slice(0, touched), [touched, 1]), values.slice(0, touched), [
    tableRows,
    dimension,
  ]) as Tensor2D
}
