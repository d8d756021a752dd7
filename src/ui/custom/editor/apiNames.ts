import type { Completion } from '@codemirror/autocomplete'

/** What the completion offers. `apiNames.test.ts` holds it against what the modules export. */
function named(type: string, boost: number, text: string): Completion[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [label = '', ...info] = line.trim().split(' ')
      return { label, type, boost, ...(info.length > 0 && { info: info.join(' ') }) }
    })
}

/** Exports of 'estimator' and 'playground'. */
export const apiNames: readonly Completion[] = [
  ...named(
    'class',
    2,
    `
    Estimator { modelFn, modelDir, params, config }: train, evaluate, predict, exportSavedModel
    EstimatorSpec { mode, predictions, loss, trainOp, evalMetricOps, exportOutputs }
    EstimatorSpecError names which of the six things is missing
    NanLossDuringTrainingError thrown when the loss is not a number
    TrainSpec { inputFn, maxSteps, hooks }
    EvalSpec { inputFn, steps = 100, exporters, startDelaySecs = 120, throttleSecs = 600 }
    LatestExporter { name, servingInputReceiverFn, exportsToKeep = 5 }
    BestExporter { name, servingInputReceiverFn, compareFn, exportsToKeep = 5 }
    FinalExporter { name, servingInputReceiverFn }
    RegressionOutput { value }
    ClassificationOutput { scores, classes }
    PredictOutput a tensor, or tensors by name
    LinearRegressor { featureColumns, optimizer = Ftrl }
    LinearClassifier { featureColumns, nClasses = 2, optimizer = Ftrl }
    DNNRegressor { hiddenUnits, featureColumns, activationFn = tf.relu, optimizer = Adagrad }
    DNNClassifier { hiddenUnits, featureColumns, nClasses = 2, activationFn = tf.relu, optimizer = Adagrad }
    DNNLinearCombinedRegressor wide & deep: { linearFeatureColumns, dnnFeatureColumns, dnnHiddenUnits }
    DNNLinearCombinedClassifier wide & deep: { linearFeatureColumns, dnnFeatureColumns, dnnHiddenUnits, nClasses }
  `,
  ),
  ...named(
    'function',
    2,
    `
    openData (name): 'dayHour', 'movies', 'airports', 'titles' or 'yours'
    arrayInputFn { x, y, batchSize = 128, numEpochs = 1, shuffle, seed }
    tableInputFn (table, { label, columns, rows, batchSize, numEpochs, shuffle, seed })
    trainAndEvaluate (estimator, trainSpec, evalSpec)
    addMetrics (estimator, ({ features, labels, predictions }) => metrics by name)
    getVariable (name, shape, initializer?): the variable of that name
    variableScope (name, f): names in f start with name/
    getGlobalStep for minimize(loss, getGlobalStep())
    embeddingLookup (params, ids): rows of a table; its gradient touches only these
    embeddingLookupSparse (params, { ids, offsets }, { combiner = 'mean' }): a bag of ids a row
    watchEmbedding (params, { name, keys }): shows a table on the map
    inputLayer (features, columns): dense columns side by side
    linearModel (features, columns, units?): a weight for each bucket
    categoricalIds (features, column): ids for embeddingLookupSparse
    sparseFeature (type, values, lengths): several values a row
    group several training operations as one
    memoryStorage blobs in memory, gone with it
    basicLSTMCell (units, { forgetBias = 1 })
    staticRnn (cell, inputs): { outputs, state }
    dense (inputs, units, { activation, name })
    windowsOf (series, inputs): { x, y, at }
    optimizeLoss { loss, globalStep, learningRate, optimizer }
    modelToEstimator { kerasModel, modelDir }: layer XYZ takes the feature XYZ_input
    embedding { inputDim, outputDim, inputLength, maskZero }: a Keras layer with a sparse gradient
    numericColumn (key)
    categoricalColumnWithIdentity (key, numBuckets)
    categoricalColumnWithVocabularyList (key, vocabulary)
    categoricalColumnWithHashBucket (key, hashBucketSize)
    bucketizedColumn (key, boundaries)
    crossedColumn (keys, hashBucketSize)
    embeddingColumn (column, dimension)
    indicatorColumn (column)
    showSeries { title, unit, xName, lines }: draws lines, from 'playground'
  `,
  ),
  ...named(
    'namespace',
    2,
    `
    tf TensorFlow.js: tf.matMul, tf.layers …
    train optimizers of TensorFlow 1
    optimizers optimizers of Keras
    metrics metrics that accumulate over batches
    initializers first values of a variable
    ModeKeys TRAIN, EVAL, PREDICT
  `,
  ),
]

/** By what stands before the dot. */
export const apiMembers: Readonly<Record<string, readonly Completion[]>> = {
  ModeKeys: named('constant', 1, 'TRAIN\nEVAL\nPREDICT'),
  train: named(
    'function',
    1,
    `gradientDescentOptimizer (learningRate)
    momentumOptimizer (learningRate)
    adagradOptimizer (learningRate)
    rmsPropOptimizer (learningRate)
    adamOptimizer (learningRate = 0.001)
    lazyAdamOptimizer (learningRate = 0.001): moves only the rows looked up
    ftrlOptimizer (learningRate)`,
  ),
  metrics: named(
    'function',
    1,
    `mean (values)
    meanSquaredError (labels, predictions)
    rootMeanSquaredError (labels, predictions)
    accuracy (labels, predictions)
    precision (labels, predictions)
    recall (labels, predictions)
    auc (labels, predictions)`,
  ),
  optimizers: named('function', 1, 'sgd\nadagrad\nrmsprop\nadam\nlazyAdam\nftrl'),
  initializers: named(
    'function',
    1,
    'zeros\nones\nconstant\nrandomNormal\ntruncatedNormal\nrandomUniform\nglorotUniform',
  ),
  tf: named(
    'function',
    1,
    `abs\nadd\nargMax\nbroadcastTo\ncast\nclipByValue\nconcat\ncos\ndiv\ndivNoNan\ndropout\nequal\nexp\nexpandDims\nfill\ngather\ngreater\nless
    linspace\nlog\nlog1p\nlogSigmoid\nlogSoftmax\nmatMul\nmax\nmaximum\nmean\nmemory\nmin\nminimum\nmoments\nmul\nneg\nnorm\noneHot\nones\npad\npow
    randomNormal\nrandomUniform\nrange\nreciprocal\nrelu\nreshape\nreverse\nrsqrt\nscalar\nselu\nsequential\nsigmoid\nsign\nsin\nslice\nsoftmax\nsoftplus\nsplit\nsqrt\nsquare
    squaredDifference\nsqueeze\nstack\nstridedSlice\nsub\nsum\ntanh\ntensor\ntensor1d\ntensor2d\ntensor3d\ntidy\ntile\ntopk\ntranspose\nunstack\nvariable\nwhere\nzeros\nzerosLike
    model\ninput\nkeep\ndispose`,
  ).concat(named('namespace', 1, 'layers\nlosses\ninitializers\nregularizers\nlinalg')),
  'tf.layers': named(
    'function',
    1,
    'activation\nadd\naverage\nbatchNormalization\nbidirectional\nconcatenate\nconv1d\ndense\ndot\ndropout\nembedding\nflatten\nglobalAveragePooling1d\nglobalMaxPooling1d\ngru\ninputLayer\nlayerNormalization\nlstm\nmasking\nmultiply\npermute\nrepeatVector\nreshape\nsimpleRNN\ntimeDistributed',
  ),
  'tf.losses': named(
    'function',
    1,
    'absoluteDifference\ncosineDistance\nhingeLoss\nhuberLoss\nlogLoss\nmeanSquaredError\nsigmoidCrossEntropy\nsoftmaxCrossEntropy',
  ),
}
