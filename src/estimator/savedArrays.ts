/** An array of a checkpoint: of a variable, or of what an optimizer keeps beside it. */
export interface SavedArray {
  dtype: 'float32' | 'int32'
  shape: number[]
  values: Float32Array | Int32Array
}

export interface SavedArrays {
  arrays: Map<string, SavedArray>
  /** Short texts: the global step, steps of optimizers. */
  metadata: Record<string, string>
}

const codes = { float32: 'F32', int32: 'I32' } as const
const HEADER_LENGTH = 8

/**
 * Safetensors (github.com/huggingface/safetensors): the length of a JSON header in 8 bytes, the header, the numbers. Little-endian, as every browser is.
 * Python reads a checkpoint by `safetensors.numpy.load_file`.
 */
export function encodeArrays({ arrays, metadata }: SavedArrays): Uint8Array {
  let at = 0
  const entries = [...arrays].map(([name, { dtype, shape, values }]) => {
    const from = at
    at += values.byteLength
    return [name, { dtype: codes[dtype], shape, data_offsets: [from, at] }]
  })
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) })
  const text = new TextEncoder().encode(json)
  // Padded by spaces, so that the numbers start where typed arrays can view them.
  const headerBytes = Math.ceil(text.length / 8) * 8
  const bytes = new Uint8Array(HEADER_LENGTH + headerBytes + at).fill(0x20, HEADER_LENGTH, HEADER_LENGTH + headerBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true)
  bytes.set(text, HEADER_LENGTH)
  let to = HEADER_LENGTH + headerBytes
  for (const { values } of arrays.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), to)
    to += values.byteLength
  }
  return bytes
}

interface Entry {
  dtype: string
  shape: number[]
  data_offsets: [number, number]
}

/** Throws an Error for bytes that are no safetensors file of floats and integers of 32 bits. */
export function decodeArrays(bytes: Uint8Array): SavedArrays {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerBytes = bytes.length < HEADER_LENGTH ? Number.NaN : Number(view.getBigUint64(0, true))
  if (!(headerBytes <= bytes.length - HEADER_LENGTH)) throw new Error('The checkpoint is damaged: it has no header.')
  const text = new TextDecoder().decode(bytes.subarray(HEADER_LENGTH, HEADER_LENGTH + headerBytes))
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(text) as {
    __metadata__?: Record<string, string>
  } & Record<string, unknown>
  const data = bytes.subarray(HEADER_LENGTH + headerBytes)
  const arrays = new Map<string, SavedArray>()
  for (const [name, entry] of Object.entries(entries)) arrays.set(name, arrayOf(name, entry as Entry, data))
  return { arrays, metadata }
}

function arrayOf(name: string, { dtype, shape, data_offsets: [from, to] }: Entry, data: Uint8Array): SavedArray {
  if (to > data.length) throw new Error(`The checkpoint is damaged: ${name} is cut off.`)
  // A copy, which starts at a multiple of 4 wherever the bytes lay.
  const { buffer } = data.slice(from, to)
  if (dtype === codes.float32) return { dtype: 'float32', shape, values: new Float32Array(buffer) }
  if (dtype === codes.int32) return { dtype: 'int32', shape, values: new Int32Array(buffer) }
  throw new Error(`${name} of the checkpoint holds numbers of the type ${dtype}; only F32 and I32 are read.`)
}
