"""What TensorFlow's Estimators, LSTM cell and metrics answer: `python make_estimator_goldens.py estimator.json`.

Needs the last TensorFlow that still has tf.estimator: pip install tensorflow-cpu==2.15.1 'numpy<2'
"""
import json
import os
import sys
import tempfile

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import numpy as np
import tensorflow as tf

v1 = tf.compat.v1
v1.logging.set_verbosity('ERROR')
fc = tf.feature_column
out = {'_made_with': {'tensorflow': tf.__version__, 'numpy': np.__version__}}


def lst(x):
    return np.asarray(x).tolist()


def lstm(forget_bias):
    rng = np.random.RandomState(1)
    batch, steps, inputs, units = 3, 4, 2, 3
    x = rng.randn(batch, steps, inputs).astype(np.float32)
    kernel = rng.randn(inputs + units, 4 * units).astype(np.float32) * .5
    bias = rng.randn(4 * units).astype(np.float32) * .2
    with tf.Graph().as_default(), v1.Session() as s:
        cell = v1.nn.rnn_cell.BasicLSTMCell(units, forget_bias=forget_bias)
        outputs, state = v1.nn.static_rnn(cell, [tf.constant(x[:, t]) for t in range(steps)], dtype=tf.float32)
        loss = tf.reduce_sum(tf.square(outputs[-1]))
        variables = v1.trainable_variables()
        grads = tf.gradients(loss, variables)
        s.run(v1.global_variables_initializer())
        for v, value in zip(variables, [kernel, bias]):
            v.load(value, s)
        o, c, h, g = s.run([outputs, state.c, state.h, grads])
    return {'forgetBias': forget_bias, 'x': lst(x), 'kernel': lst(kernel), 'bias': lst(bias), 'outputs': [lst(t) for t in o],
            'c': lst(c), 'h': lst(h), 'gradients': [lst(t) for t in g], 'names': [v.op.name for v in variables]}


def keras_lstm():
    """Keras has the gates in the order i, f, c, o and the forget bias in its bias: the same cell in its order."""
    golden = out['lstm'][0]
    units = 3
    kernel, bias = np.array(golden['kernel'], np.float32), np.array(golden['bias'], np.float32)
    i, j, f, o = np.split(kernel, 4, 1)
    bi, bj, bf, bo = np.split(bias, 4)
    kernel, bias = np.concatenate([i, f, j, o], 1), np.concatenate([bi, bf + 1., bj, bo])
    layer = tf.keras.layers.LSTM(units, return_sequences=True)
    x = np.array(golden['x'], np.float32)
    layer.build(x.shape)
    layer.set_weights([kernel[:-units], kernel[-units:], bias])
    return lst(np.transpose(layer(x).numpy(), [1, 0, 2]))


def metrics():
    rng = np.random.RandomState(2)
    batches = []
    for n in (5, 7, 4):
        p = rng.rand(n).astype(np.float32)
        y = (rng.rand(n) < p).astype(np.float32)
        batches.append({'labels': lst(y), 'predictions': lst(p), 'weights': lst(rng.rand(n).astype(np.float32))})
    result = {'batches': batches, 'tf1': {}, 'tf1Weighted': {}, 'keras': {}}
    for key in ('tf1', 'tf1Weighted'):
        with tf.Graph().as_default(), v1.Session() as s:
            y, p, w = (v1.placeholder(tf.float32, [None]) for _ in range(3))
            weights = w if key == 'tf1Weighted' else None
            m = v1.metrics
            hard = tf.round(p)
            ops = {
                'mean': m.mean(p, weights), 'meanSquaredError': m.mean_squared_error(y, p, weights),
                'rootMeanSquaredError': m.root_mean_squared_error(y, p, weights), 'accuracy': m.accuracy(y, hard, weights),
                'precision': m.precision(y, hard, weights), 'recall': m.recall(y, hard, weights), 'auc': m.auc(y, p, weights),
            }
            s.run(v1.local_variables_initializer())
            for b in batches:
                s.run([u for _, u in ops.values()], {y: b['labels'], p: b['predictions'], w: b['weights']})
            result[key] = {name: float(s.run(v)) for name, (v, _) in ops.items()}
    k = tf.keras.metrics
    for name, metric in {'meanSquaredError': k.MeanSquaredError(), 'rootMeanSquaredError': k.RootMeanSquaredError(), 'accuracy': k.BinaryAccuracy(),
                         'precision': k.Precision(), 'recall': k.Recall(), 'auc': k.AUC(num_thresholds=200)}.items():
        for b in batches:
            # One number a row: of a plain list Keras would average each batch first.
            metric.update_state(np.array(b['labels'])[:, None], np.array(b['predictions'])[:, None])
        result['keras'][name] = float(metric.result())
    mean = k.Mean()
    for b in batches:
        mean.update_state(b['predictions'])
    result['keras']['mean'] = float(mean.result())
    return result


DATA = {'day': [0, 3, 6, 2, 5, 0, 4, 1, 6, 3, 2, 5], 'hour': [7, 12, 23, 8, 17, 7, 3, 20, 11, 12, 8, 0],
        'temp': [.5, -1., 2., .1, .7, -.3, 1.2, .4, -.8, .9, .2, -.6]}
LABELS = {'regression': [1.5, .2, -.7, 2.1, .3, 1.1, -1.4, .8, .6, .1, 1.9, -.5], 'binary': [1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0],
          'multi': [2, 0, 1, 2, 1, 2, 0, 0, 1, 0, 2, 1]}
WEIGHTS = [.5, 2., 1., 0., 1.5, 3., .1, 1., 2.5, .7, 0., 1.2]
BATCH, STEPS = 4, 6


def columns():
    day = fc.categorical_column_with_identity('day', 7)
    hour = fc.categorical_column_with_identity('hour', 24)
    cross = fc.crossed_column([fc.categorical_column_with_identity('day', 7), fc.categorical_column_with_identity('hour', 24)], 50)
    temp = fc.numeric_column('temp')
    buckets = fc.bucketized_column(temp, [-.5, 0., .5, 1.])
    wide = [day, hour, cross, buckets, temp]
    deep = [fc.embedding_column(cross, 3), fc.indicator_column(day), temp]
    return wide, deep


def input_fn(labels):
    """Batches in the order of the rows, over and over."""
    def make():
        features = {k: np.array(v, np.float32 if k == 'temp' else np.int64) for k, v in DATA.items()}
        features['weight'] = np.array(WEIGHTS, np.float32)
        return tf.data.Dataset.from_tensor_slices((features, np.array(labels))).batch(BATCH).repeat()
    return make


def canned():
    e = v1.estimator
    wide, deep = columns()
    makers = {
        'LinearRegressor': ('regression', lambda **k: e.LinearRegressor(wide, **k)),
        'LinearClassifier': ('binary', lambda **k: e.LinearClassifier(wide, **k)),
        'LinearClassifier3': ('multi', lambda **k: e.LinearClassifier(wide, n_classes=3, **k)),
        'DNNRegressor': ('regression', lambda **k: e.DNNRegressor([5, 4], deep, **k)),
        'DNNClassifier': ('binary', lambda **k: e.DNNClassifier([5, 4], deep, **k)),
        'DNNClassifier3': ('multi', lambda **k: e.DNNClassifier([5, 4], deep, n_classes=3, **k)),
        'DNNLinearCombinedRegressor': ('regression', lambda **k: e.DNNLinearCombinedRegressor(
            linear_feature_columns=wide, dnn_feature_columns=deep, dnn_hidden_units=[5, 4], **k)),
        'DNNLinearCombinedClassifier': ('binary', lambda **k: e.DNNLinearCombinedClassifier(
            linear_feature_columns=wide, dnn_feature_columns=deep, dnn_hidden_units=[5, 4], **k)),
        'DNNRegressorTanh': ('regression', lambda **k: e.DNNRegressor([5, 4], deep, activation_fn=tf.tanh, **k)),
        'DNNLinearCombinedClassifierLinear': ('binary', lambda **k: e.DNNLinearCombinedClassifier(
            linear_feature_columns=wide, dnn_feature_columns=deep, dnn_hidden_units=[5, 4], dnn_activation_fn=None, **k)),
        'DNNRegressorWeighted': ('regression', lambda **k: e.DNNRegressor([5, 4], deep, weight_column='weight', **k)),
        'LinearClassifierWeighted': ('binary', lambda **k: e.LinearClassifier(wide, weight_column='weight', **k)),
        'LinearClassifier3Weighted': ('multi', lambda **k: e.LinearClassifier(wide, n_classes=3, weight_column='weight', **k)),
    }
    result = {}
    for name, (task, make) in makers.items():
        labels = np.array(LABELS[task], np.float32 if task == 'regression' else np.int64)
        with tempfile.TemporaryDirectory() as folder:
            config = tf.estimator.RunConfig(tf_random_seed=3, save_checkpoints_steps=1, keep_checkpoint_max=50)
            estimator = make(model_dir=folder, config=config)
            estimator.train(input_fn(labels), max_steps=STEPS)
            read = lambda step: {k: tf.train.load_variable(f'{folder}/model.ckpt-{step}', k)
                                 for k, _ in tf.train.list_variables(f'{folder}/model.ckpt-{step}')}
            keep = lambda values: {k: lst(v) for k, v in values.items() if not k.endswith(('/Adagrad', '/Ftrl', '/Ftrl_1', 'global_step', '/part_0/Adagrad'))}
            evaluated = estimator.evaluate(input_fn(labels), steps=3)
            predicted = [{k: lst(v) for k, v in row.items() if k in ('predictions', 'logits', 'probabilities', 'logistic', 'class_ids')}
                         for row in estimator.predict(lambda: tf.data.Dataset.from_tensor_slices(
                             {k: np.array(v, np.float32 if k == 'temp' else np.int64) for k, v in DATA.items()}).batch(BATCH))]
            result[name] = {'task': task, 'initial': keep(read(0)), 'final': keep(read(STEPS)),
                            'evaluated': {k: float(v) for k, v in evaluated.items()}, 'predicted': predicted}
    return {'data': DATA, 'weights': WEIGHTS, 'labels': LABELS, 'batch': BATCH, 'steps': STEPS, 'models': result}


out['lstm'] = [lstm(1.0), lstm(0.5)]
out['kerasLstm'] = keras_lstm()
out['metrics'] = metrics()
out['canned'] = canned()
json.dump(out, open(sys.argv[1], 'w'))
