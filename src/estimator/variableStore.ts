import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  type DataType,
  dispose,
  engine,
  getBackend,
  keep,
  mul,
  type Rank,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core'
import { readTensor } from '../kernels/readTensor'
import { createRandom } from '../lib/random'
import { type Initializer, initializers } from './initializers'
import type { SavedArray } from './savedArrays'

/** The variables of one model by name. It owns those it has made; adopted ones stay their owner's. */
export interface VariableStore {
  readonly variables: ReadonlyMap<string, Variable>
  /** Made at the first call, from the checkpoint where there is one. Throws when the shape is not that of the last call, or of the checkpoint. */
  get(name: string, shape: readonly number[], options: VariableOptions): Variable
  /** A variable made elsewhere (by a Keras layer), which takes over the value of the checkpoint. */
  adopt(name: string, variable: Variable): void
  nameOf(variable: Variable): string | null
  /** Runs `f` within `tidy`, and gives variables back the values that they had before, or were made with. */
  undoing(f: () => void): void
  /** Made by it and alive. */
  ownTensors(): number
  /** Variables as they are now. */
  save(): Promise<[string, SavedArray][]>
  dispose(): void
}

export interface VariableOptions {
  initializer?: Initializer
  /** true */
  trainable?: boolean
  /** Text of the initializer's random numbers, beside the name. */
  seed: number
}

/** `saved`: the arrays of a checkpoint; those taken over are removed from it. null: nothing is restored. */
export function createVariableStore(saved: Map<string, SavedArray> | null): VariableStore {
  const variables = new Map<string, Variable>()
  const names = new Map<Variable, string>()
  const owned = new Set<Variable>()
  /** While `undoing`: what each variable is given back. */
  let former: Map<Variable, Tensor> | null = null

  function add(name: string, each: Variable): void {
    variables.set(name, each)
    names.set(each, name)
    former?.set(each, keep(each.clone()))
  }

  function restored(name: string, shape: readonly number[]): SavedArray | null {
    if (saved === null) return null
    const array = saved.get(name)
    if (!array) {
      throw new Error(
        `The checkpoint has no variable ${name}, which this model needs: was it made by another model function?`,
      )
    }
    if (array.shape.join() !== shape.join()) {
      const shapes = `[${array.shape.join(', ')}] in the checkpoint and [${shape.join(', ')}] in this model`
      throw new Error(`${name} has the shape ${shapes}: use another modelDir for another model.`)
    }
    saved.delete(name)
    return array
  }

  return {
    variables,
    get(name, shape, { initializer = initializers.glorotUniform(), trainable = true, seed }) {
      const known = variables.get(name)
      if (known) {
        if (known.shape.join() === shape.join()) return known
        throw new Error(
          `Variable ${name} has the shape [${known.shape.join(', ')}]; [${shape.join(', ')}] is asked for now.`,
        )
      }
      const array = restored(name, shape)
      const values = array?.values ?? initializer(shape, createRandom(seed, `init/${name}`))
      const made = newVariable(values, shape, trainable, array?.dtype ?? 'float32')
      owned.add(made)
      add(name, made)
      return made
    },
    adopt(name, adopted) {
      if (variables.get(name) === adopted) return
      if (variables.has(name)) throw new Error(`Two variables are called ${name}.`)
      const array = restored(name, adopted.shape)
      if (array) tidy(() => adopted.assign(tensor(array.values.slice(), adopted.shape, array.dtype)))
      add(name, adopted)
    },
    undoing(f) {
      const kept = new Map([...variables.values()].map((each): [Variable, Tensor] => [each, keep(each.clone())]))
      former = kept
      try {
        tidy(f)
        for (const [each, value] of kept) if (each.dataId !== value.dataId) each.assign(value)
      } finally {
        former = null
        dispose([...kept.values()])
      }
    },
    ownTensors: () => owned.size,
    nameOf: (variable) => names.get(variable) ?? null,
    save: () =>
      Promise.all(
        [...variables].map(async ([name, { shape, dtype }]): Promise<[string, SavedArray]> => {
          const values = await readTensor(variables.get(name)!)
          return [
            name,
            { dtype: savedType(name, dtype), shape, values: dtype === 'int32' ? Int32Array.from(values) : values },
          ]
        }),
      ),
    dispose() {
      for (const each of owned) each.dispose()
      owned.clear()
      variables.clear()
    },
  }
}

function newVariable(
  values: Float32Array | Int32Array,
  shape: readonly number[],
  trainable: boolean,
  dtype: 'float32' | 'int32',
): Variable {
  // A copy: on the CPU the tensor is the array itself, and training writes into it. No name: those are one list for all of TensorFlow.js.
  return tidy(() => variable(tensor(values.slice(), [...shape], dtype), trainable))
}

function savedType(name: string, dtype: DataType): 'float32' | 'int32' {
  if (dtype === 'float32' || dtype === 'int32') return dtype
  throw new Error(`Variable ${name} is of the type ${dtype}; checkpoints hold float32 and int32.`)
}

/**
 * Before a kernel writes in place: a variable gets memory of its own where another tensor shares it (by `assign`, or a copy of a model's weights). On the WASM backend XNNPACK
 * keeps a packed copy of what stands on the right of a product, by the memory's id, and would go on with the old numbers: it forgets it here.
 */
export function renewMemory(variable: Variable<Rank>): void {
  if (engine().backend.refCount(variable.dataId) > 1) tidy(() => variable.assign(mul(variable, 1)))
  else if (getBackend() === 'wasm') forgetPacked(engine().backend as BackendWasm, variable)
}

/** Lets go of what is known of the memory, which stays as it is, and makes it known anew. */
function forgetPacked({ wasm, dataIdMap }: BackendWasm, { dataId, size }: Variable<Rank>): void {
  const { id, memoryOffset } = dataIdMap.get(dataId)
  wasm.tfjs.disposeData(id)
  wasm.tfjs.registerTensor(id, size, memoryOffset)
}
