"""What TensorFlow's Estimator of a Keras model with two outputs answers: `python make_keras_estimator_goldens.py keras-estimator.json`.

Needs the last TensorFlow that still has tf.estimator: pip install tensorflow-cpu==2.15.1 'numpy<2'
"""
import json
import os
import sys
import tempfile

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import numpy as np
import tensorflow as tf

tf.compat.v1.logging.set_verbosity('ERROR')
BATCH, STEPS = 4, 5
LOSS_WEIGHTS = {'price': .5, 'kind': 2.}
rng = np.random.RandomState(4)
x = rng.randn(12, 3).astype(np.float32)
price = (x @ [1., -.5, .3] + .2).astype(np.float32)[:, None]
kind = np.eye(3, dtype=np.float32)[rng.randint(0, 3, 12)]


def input_fn():
    """Batches in the order of the rows, over and over."""
    return tf.data.Dataset.from_tensor_slices(({'rows': x}, {'price': price, 'kind': kind})).batch(BATCH).repeat()


def lst(values):
    return np.asarray(values).tolist()


given = tf.keras.Input([3], name='rows')
hidden = tf.keras.layers.Dense(4, 'tanh', name='hidden')(given)
model = tf.keras.Model(given, [tf.keras.layers.Dense(1, name='price')(hidden), tf.keras.layers.Dense(3, 'softmax', name='kind')(hidden)])
initial = [rng.randn(*w.shape).astype(np.float32) * .4 for w in model.get_weights()]
model.set_weights(initial)
model.compile(tf.keras.optimizers.legacy.SGD(.1), {'price': 'mse', 'kind': 'categorical_crossentropy'}, loss_weights=LOSS_WEIGHTS,
              metrics={'price': ['mse'], 'kind': ['accuracy']})
names = [w.name.split(':')[0] for w in model.weights]
with tempfile.TemporaryDirectory() as folder:
    estimator = tf.keras.estimator.model_to_estimator(model, model_dir=folder)
    estimator.train(input_fn, max_steps=STEPS)
    evaluated = {k: float(v) for k, v in estimator.evaluate(input_fn, steps=3).items()}
    read = lambda name: lst(estimator.get_variable_value(name + '/.ATTRIBUTES/VARIABLE_VALUE'))
    final = {f'{layer}/{kind}': read(f'layer_with_weights-{i}/{kind}')
             for i, layer in enumerate(['hidden', 'price', 'kind']) for kind in ('kernel', 'bias')}
    predicted = [{k: lst(v) for k, v in row.items()}
                 for row in estimator.predict(lambda: tf.data.Dataset.from_tensor_slices({'rows': x}).batch(BATCH))]
json.dump({'_made_with': {'tensorflow': tf.__version__, 'numpy': np.__version__}, 'x': lst(x), 'price': lst(price), 'kind': lst(kind),
           'batch': BATCH, 'steps': STEPS, 'lossWeights': LOSS_WEIGHTS, 'initial': dict(zip(names, map(lst, initial))), 'final': final,
           'evaluated': evaluated, 'predicted': predicted}, open(sys.argv[1], 'w'))
