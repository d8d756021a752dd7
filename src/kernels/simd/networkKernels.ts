/** C = alpha · product, or C += alpha · product with `add` 1. Strides: floats from one row to the next. See assembly/matrixProduct.ts. */
export type MatrixProduct = (
  a: number,
  b: number,
  c: number,
  rows: number,
  inner: number,
  columns: number,
  aStride: number,
  bStride: number,
  cStride: number,
  alpha: number,
  add: 0 | 1,
) => void

/** Σ of the loss over `count` numbers; the gradient of `scale` · Σ goes to `dOutputs`. See assembly/losses.ts. */
export type ElementLoss = (outputs: number, labels: number, dOutputs: number, count: number, scale: number) => number

/** Numbers of the activations in assembly/activation.ts. */
export const activationCodes = { none: 0, relu: 1, tanh: 2 } as const

/**
 * What a network over embedding columns is made of. Pointers are bytes in the heap. Matrices of `columns` floats a row are contiguous: a
 * multiple of 4, or 1.
 */
export interface NetworkKernels {
  /** A [rows × inner] · B [inner × columns]. */
  matrixProduct: MatrixProduct
  /** Aᵀ · B of A [inner × rows] and B [inner × columns]. */
  matrixProductTransposeA: MatrixProduct
  /** A · Bᵀ of A [rows × inner] and B [columns × inner]. */
  matrixProductTransposeB: MatrixProduct
  /** out = x · kernel + bias [+ out]; `relu` 1: at least 0. `columns`: a multiple of 4, as in `layerBackward`. */
  layerForward(
    x: number,
    kernel: number,
    bias: number,
    out: number,
    rows: number,
    inner: number,
    columns: number,
    xStride: number,
    relu: 0 | 1,
    add: 0 | 1,
  ): void
  /** dX = dOut · turned, times the slope of the activation where its value is x; `turned` = kernelᵀ [inner × columns]. */
  layerBackward(
    dOut: number,
    turned: number,
    x: number,
    dX: number,
    rows: number,
    inner: number,
    columns: number,
    activation: number,
  ): void
  transpose(
    source: number,
    target: number,
    rows: number,
    columns: number,
    sourceStride: number,
    targetStride: number,
  ): void

  /** x = activation(x + bias) over `count` numbers, in place. `bias`: one number for all; 0 = none. */
  activate(x: number, bias: number, count: number, activation: number): void
  /** dY = dY · activation', in place, from the activated values y. */
  activationGradient(y: number, dY: number, count: number, activation: number): void
  /** sums += rows of x. */
  columnSums(x: number, sums: number, rows: number, columns: number): void
  /** target[i · stride + c] = source[i · columns + c]. */
  copyColumns(source: number, columns: number, target: number, stride: number, rows: number): void
  /** gradient [count] = l2 · weights. */
  startGradient(weights: number, count: number, l2: number, gradient: number): void

  squaredError: ElementLoss
  sigmoidCrossEntropy: ElementLoss
  /** `counts` of each class become the gradient; `logits` is overwritten. `classes` of the `columns` are no padding. */
  softmaxCrossEntropy(
    logits: number,
    counts: number,
    rows: number,
    classes: number,
    columns: number,
    scale: number,
  ): number

  /** Bags `from` … of rows of a table into columns of a matrix: see assembly/embeddingBag.ts. `combiner`: as `combinerCodes`. */
  embeddingBag(
    table: number,
    stride: number,
    width: number,
    ids: number,
    offsets: number,
    from: number,
    bags: number,
    combiner: number,
    out: number,
    outStride: number,
    add: 0 | 1,
  ): void
  /** counts [touched]: lookups of each row, counted `multiplicity`[bag] times. */
  countLookups(
    lookupPlaces: number,
    offsets: number,
    bags: number,
    multiplicity: number,
    touched: number,
    counts: number,
  ): void
  /** gradient [touched × width] = l2 · counts · row. */
  startRowGradient(
    table: number,
    stride: number,
    width: number,
    rows: number,
    counts: number,
    touched: number,
    l2: number,
    gradient: number,
  ): void
  /** The gradient of bags `from` … added to that of the rows that they looked up. */
  embeddingBagGrad(
    dOut: number,
    outStride: number,
    width: number,
    lookupPlaces: number,
    offsets: number,
    from: number,
    bags: number,
    combiner: number,
    gradient: number,
  ): void

  /** Groups of equal examples split by one more column; returns how many there are: see assembly/exampleGroups.ts. */
  splitGroups(groupOf: number, ids: number, size: number, split: number, slots: number, slotCount: number): number
  /** out[g] = ids of the group's first example. */
  firstOfGroups(ids: number, starts: number, examples: number, groups: number, out: number): void
  /** counts [rows × columns] = examples of each class in the groups from `from` on. */
  countClasses(
    classes: number,
    starts: number,
    examples: number,
    from: number,
    rows: number,
    columns: number,
    counts: number,
  ): void
}
