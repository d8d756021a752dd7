import { describe, expect, it } from 'vitest'
import { bounds, parseSandboxEvent } from './protocol'

describe('parseSandboxEvent', () => {
  it('lets what the runtime says through, a loss that is NaN among it', () => {
    const stepped = {
      type: 'stepped',
      modelDir: 'a',
      steps: [1, 2],
      losses: [0.5, Number.NaN],
      stepMs: 1,
      tensors: 9,
      leakedTensors: 0,
    }
    expect(parseSandboxEvent(stepped)).toEqual(stepped)
    const vectors = new Float32Array(6)
    expect(parseSandboxEvent({ type: 'tableRead', name: 'a', step: 1, rows: 3, dimension: 2, vectors })).not.toBeNull()
  })

  it.each([
    ['nothing', null],
    ['a text', 'hello'],
    ['another kind', { type: 'openSesame' }],
    ['a broken message of the frame', { type: 'broken', message: 'x' }],
    [
      'fewer losses than steps',
      { type: 'stepped', modelDir: '', steps: [1, 2], losses: [1], stepMs: 1, tensors: 1, leakedTensors: 0 },
    ],
    [
      'fewer numbers than the table has',
      { type: 'tableRead', name: 'a', step: 1, rows: 3, dimension: 2, vectors: new Float32Array(5) },
    ],
    ['fewer keys than rows', { type: 'tableDeclared', name: 'a', keys: ['x'], rows: 2, dimension: 1 }],
    ['a text beyond bounds', { type: 'console', level: 'log', text: 'x'.repeat(5000) }],
    [
      'a blob beyond bounds',
      {
        type: 'request',
        requestId: 1,
        request: { op: 'save', name: 'a', bytes: { byteLength: bounds.blobBytes + 1 } },
      },
    ],
    ['an unknown request', { type: 'request', requestId: 1, request: { op: 'eval', name: 'x' } }],
    [
      'a few bytes of a large buffer, which would be stored with it',
      {
        type: 'request',
        requestId: 1,
        request: { op: 'save', name: 'a', bytes: new Uint8Array(new ArrayBuffer(9000), 0, 3) },
      },
    ],
    [
      'more tensors than six cards hold',
      {
        type: 'spec',
        parts: {
          mode: 'eval',
          globalStep: 1,
          predictions: Object.fromEntries(
            Array.from({ length: 41 }, (_, i) => [`p${i}`, { dtype: 'float32', shape: [1], head: [0] }]),
          ),
          loss: null,
          trainOp: null,
          evalMetricOps: null,
          exportOutputs: null,
        },
      },
    ],
    ['anything beside what is said', { type: 'alive', luggage: new Map([[1, new Uint8Array(9)]]) }],
    ['a step below zero', { type: 'checkpointSaved', path: 'x', globalStep: -1, bytes: 3 }],
  ])('refuses %s', (_, message) => {
    expect(parseSandboxEvent(message)).toBeNull()
  })
})
