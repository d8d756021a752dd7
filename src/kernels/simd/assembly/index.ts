/** What the SIMD module exports. AssemblyScript, not TypeScript: compiled by `npm run build:simd` into ../kernels.wasm. */
export { activate, activationGradient, columnSums, copyColumns, startGradient } from './dense'
export { dotProductGradients, dotProducts } from './dotProduct'
export { countLookups, embeddingBag, embeddingBagGrad, startRowGradient } from './embeddingBag'
export { countClasses, firstOfGroups, splitGroups } from './exampleGroups'
export { sigmoidCrossEntropy, softmaxCrossEntropy, squaredError } from './losses'
export {
  layerBackward,
  layerForward,
  matrixProduct,
  matrixProductTransposeA,
  matrixProductTransposeB,
  transpose,
} from './matrixProduct'
export { fetchRows } from './fetchRows'
export { bagOffsets, gatherBags, gatherRecords } from './gather'
export {
  adagradRows,
  adamAllRows,
  adamRows,
  ftrlAllRows,
  ftrlRows,
  momentumAllRows,
  momentumRows,
  rmspropRows,
  rowAdagradRows,
  sgdRows,
  velocityAllRows,
} from './optimizers'
export { sortLookups, touchRows, touchSortedRows } from './rowIndex'
export { drawRowSet, drawRows } from './rowOrder'
export { serveBlocks, trainBlocks } from './sampleBlocks'
export { trainRecords } from './samples'
export { sortRows } from './sortRows'

/** First byte behind the compiler's own constants. */
export function heapBase(): usize {
  return __heap_base
}
