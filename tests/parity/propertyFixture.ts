import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import index from '../goldens/properties.json'

type Name = keyof typeof index
type Stored = { type: 'int8' | 'int16' | 'int32' | 'float32'; shape: number[]; at: number }

const bytes = gunzipSync(readFileSync('tests/goldens/properties.bin.gz'))
const sizes = { int8: 1, int16: 2, int32: 4, float32: 4 }

/** What TensorFlow or Keras answered, row-major; one that is stored as another kind's answer shifted by a constant is worked out. */
export function tensorflowAnswer(name: Name): { values: number[]; shape: number[] } {
  const entry = index[name]
  if ('same_as' in entry) {
    const { values, shape } = tensorflowAnswer(entry.same_as as Name)
    return { values: values.map((value) => value + entry.shift), shape }
  }
  if (!('at' in entry)) throw new Error(`${name} holds no numbers.`)
  return read(entry as Stored)
}

/** Bytes lie plane by plane: all first ones, then all second ones. */
function read({ type, shape, at }: Stored): { values: number[]; shape: number[] } {
  const count = shape.reduce((product, length) => product * length, 1)
  const size = sizes[type]
  const view = new DataView(new ArrayBuffer(size))
  const values = Array.from({ length: count }, (_, i) => {
    for (let plane = 0; plane < size; plane++) view.setUint8(plane, bytes[at + plane * count + i]!)
    if (type === 'float32') return view.getFloat32(0, true)
    return type === 'int8' ? view.getInt8(0) : type === 'int16' ? view.getInt16(0, true) : view.getInt32(0, true)
  })
  return { values, shape }
}

/** Names and other texts that TensorFlow gave. */
export function tensorflowTexts(name: 'shared_names' | 'concatenation_names'): string[] {
  return index[name].text
}
