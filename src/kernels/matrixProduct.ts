import { engine, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { type ArrayKernel, registerArrayKernel } from './arrayMemory'
import code from './matrixProduct.wgsl?raw'
import { registerWebgpuKernel, runToNew } from './webgpuProgram'

export interface Transposes {
  transposeA?: boolean
  transposeB?: boolean
}

/**
 * a · b of matrices, either transposed. For the sizes of small models: no tiles, no blocks. Sees what was written in place
 * into its operands, and adds in the same order every time. Not on the gradient tape.
 */
export function matrixProduct(
  a: Tensor2D,
  b: Tensor2D,
  { transposeA = false, transposeB = false }: Transposes,
): Tensor2D {
  return engine().runKernel('MatrixProduct', { a, b }, { transposeA, transposeB })
}

type Inputs = Record<'a' | 'b', TensorInfo>
type Attrs = Required<Transposes>

/** Sizes of a product [outer, inner] · [inner, columns], and how far apart neighbours lie in each operand. */
function layout({ a, b }: Inputs, { transposeA, transposeB }: Attrs) {
  const [aRows, aColumns] = a.shape as [number, number]
  const [bRows, bColumns] = b.shape as [number, number]
  return {
    outer: transposeA ? aColumns : aRows,
    inner: transposeA ? aRows : aColumns,
    columns: transposeB ? bRows : bColumns,
    aRow: transposeA ? 1 : aColumns,
    aColumn: transposeA ? aColumns : 1,
    bRow: transposeB ? 1 : bColumns,
    bColumn: transposeB ? bColumns : 1,
  }
}

const arrayKernel: ArrayKernel = (inputs, attrs, memory) => {
  const { outer, inner, columns, aRow, aColumn, bRow, bColumn } = layout(inputs as Inputs, attrs as Attrs)
  const output = memory.output([outer, columns])
  const out = memory.floats(output)
  const a = memory.floats((inputs as Inputs).a)
  const b = memory.floats((inputs as Inputs).b)
  for (let i = 0; i < outer; i++) {
    const to = i * columns
    for (let j = 0; j < columns; j++) {
      let sum = 0
      for (let k = 0; k < inner; k++) sum += a[i * aRow + k * aColumn]! * b[k * bRow + j * bColumn]!
      out[to + j] = sum
    }
  }
  return output
}

export function registerMatrixProduct(): void {
  registerArrayKernel('MatrixProduct', arrayKernel)
  registerWebgpuKernel('MatrixProduct', (inputs, attrs, backend) => {
    const { a, b } = inputs as Inputs
    const { outer, ...integers } = layout({ a, b }, attrs as Attrs)
    const shape = [outer, integers.columns]
    if (integers.inner === 0)
      return backend.makeTensorInfo(shape, 'float32', new Float32Array(outer * integers.columns))
    return runToNew(backend, shape, {
      name: 'matrixProduct',
      code,
      threads: outer * integers.columns,
      buffers: { a, b },
      integers,
    })
  })
}
