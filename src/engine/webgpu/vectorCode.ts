import vector1 from './vectors/vector1.wgsl?raw'
import vector2 from './vectors/vector2.wgsl?raw'
import vector4 from './vectors/vector4.wgsl?raw'

/** How kernels see rows of so many numbers: WGSL that says what a `Vector` is, and `lanes` numbers in each. */
export function vectorCode(dimension: number): { code: string; lanes: 1 | 2 | 4 } {
  if (dimension % 4 === 0) return { code: vector4, lanes: 4 }
  return dimension % 2 === 0 ? { code: vector2, lanes: 2 } : { code: vector1, lanes: 1 }
}
