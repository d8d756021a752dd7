import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { symmetricEigen } from './symmetricEigen'

describe('eigenvectors of a symmetric matrix', () => {
  it('rebuild the matrix, are orthonormal and in falling order', () => {
    const n = 12
    const random = createRandom(2)
    const a = new Float64Array(n * n)
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = random.normal()
    const { values, vectors } = symmetricEigen(a, n)
    for (let i = 0; i < n; i++) {
      if (i > 0) expect(values[i]!).toBeLessThanOrEqual(values[i - 1]!)
      for (let j = 0; j < n; j++) {
        let rebuilt = 0
        let inner = 0
        for (let e = 0; e < n; e++) {
          rebuilt += values[e]! * vectors[e * n + i]! * vectors[e * n + j]!
          inner += vectors[i * n + e]! * vectors[j * n + e]!
        }
        expect(rebuilt).toBeCloseTo(a[i * n + j]!, 10)
        expect(inner).toBeCloseTo(i === j ? 1 : 0, 10)
      }
    }
  })
})
