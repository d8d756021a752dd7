/**
 * All that the code of a model may import, and the one module that the editor of the *Custom model* lab sees:
 *
 *     import { Estimator, EstimatorSpec, getVariable, ModeKeys, tf, train, trainAndEvaluate } from 'estimator'
 *
 * Names, defaults and answers are those of `tf.estimator`, `tf.compat.v1` and `tf.keras`, in camelCase. What differs, because TensorFlow.js computes at once where
 * TensorFlow 1 first draws a graph, is said in docs/estimator.md. A page or a program around it sets `host.ts`.
 */

import { registerKernels } from '../kernels/registerKernels'

// Feature columns
export { type Feature, sparseFeature } from '../columns/feature'
export type { DataSet } from '../data/table'
export {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../experiment/featureColumn'
// More metrics for an Estimator
export { addMetrics, type MetricInputs } from './addMetrics'
// Input
export { arrayInputFn, type BatchingOptions, type InputArray, tableInputFn } from './arrayInputFn'
// Canned Estimators
export {
  DNNClassifier,
  DNNLinearCombinedClassifier,
  DNNLinearCombinedRegressor,
  DNNRegressor,
  LinearClassifier,
  LinearRegressor,
} from './canned'
export type { DNNLinearCombinedOptions, DNNOptions, LinearOptions } from './cannedOptions'
export { type CheckpointStorage, memoryStorage } from './checkpointStorage'
export { categoricalIds } from './columnReader'
// Layers for model functions
export { type DenseOptions, dense } from './dense'
export { embeddingLookup, embeddingLookupSparse, type SparseIds } from './embeddingLookups'
// The Estimator
export { Estimator, type EstimatorOptions, type ServingInputReceiverFn } from './estimator'
export { EstimatorSpec, EstimatorSpecError, type EstimatorSpecOptions } from './estimatorSpec'
export {
  BestExporter,
  type ExportContext,
  type Exporter,
  type ExporterOptions,
  FinalExporter,
  LatestExporter,
} from './exporters'
export { ClassificationOutput, type ExportOutput, PredictOutput, RegressionOutput } from './exportOutputs'
export { type FeatureColumn, inputLayer, linearModel } from './featureInputs'
export type { Batch, Features, Labels } from './features'
export type { RunHook } from './hooks'
export { type Initializer, initializers } from './initializers'
export type { InputContext, InputFn } from './inputFn'
// Keras
export { embedding } from './kerasEmbedding'
export { basicLSTMCell, type LSTMCell, type LSTMState, staticRnn } from './lstm'
export type { MetricOp } from './metricOp'
export { metrics } from './metrics'
export { ModeKeys } from './modeKeys'
export type { ModelFn } from './modelFn'
export { modelToEstimator } from './modelToEstimator'
export { openData } from './openData'
export type { RunConfig } from './runConfig'
// TensorFlow.js
export * as tf from './tf'
// Training
export { optimizeLoss, optimizers, train } from './train'
export { EvalSpec, TrainSpec, trainAndEvaluate } from './trainAndEvaluate'
export { NanLossDuringTrainingError } from './trainLoop'
export { type GlobalStep, group, type MinimizeOp, type TrainOp } from './trainOp'
export type { TrainOptimizer } from './trainOptimizer'
// Variables
export { getGlobalStep, getVariable, variableScope, watchEmbedding } from './variables'
export { type Windows, windowsOf } from './windowsOf'

registerKernels()
