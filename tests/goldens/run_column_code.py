"""Runs the code of columnCode.json in TensorFlow and in Keras on 2,000 rows and writes whether both give the same: columnCodeAnswers.json.

    python run_column_code.py .
"""
import os
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import json
import sys

import keras
import numpy as np
import tensorflow as tf

v1 = tf.compat.v1
v1.logging.set_verbosity('ERROR')
random = np.random.default_rng(1)
ROWS = 2_000
FEATURES = {
    # w41 … w59 are out of the vocabulary; nothing is missing, which the two read differently (the notes say how).
    'w': np.array([f'w{k}' for k in random.integers(1, 60, ROWS)]),
    't': np.array([f'text {k}' for k in random.integers(0, 500, ROWS)]),
    'n': random.integers(0, 55, ROWS),
    'a': random.integers(-50, 400, ROWS),
    'b': random.integers(0, 24, ROWS),
    'x': random.normal(0, 80, ROWS).astype(np.float32),
    'p': random.integers(0, 1000, ROWS).astype(np.float32),
    # TensorFlow drops weights of 0 from a dense feature and then fails.
    'q': random.integers(1, 1000, ROWS).astype(np.float32) / 100,
}
NAMES = {'w_vocabulary': [f'w{k}' for k in range(1, 60)], 'x_mean': 1.5, 'x_deviation': 80.0}


class Embedding(keras.layers.Embedding):
    """Has the weights of TensorFlow's table."""

    table = None

    def __call__(self, ids):
        super().__call__(ids)
        self.set_weights([Embedding.table])
        return super().__call__(ids)


keras.layers.Embedding = Embedding


def tensorflow_answer(code):
    """The dense column's output, and its table or None."""
    with tf.Graph().as_default(), v1.Session() as session:
        names = {'tf': tf, 'fc': tf.feature_column, **NAMES}
        exec(code, names)
        column = names[code.splitlines()[-1].split(' = ')[0]]
        layer = v1.feature_column.input_layer({key: tf.constant(value) for key, value in FEATURES.items()}, [column])
        session.run([v1.global_variables_initializer(), v1.tables_initializer()])
        tables = [session.run(variable) for variable in v1.global_variables()]
        return session.run(layer), tables[0] if tables else None


def keras_answer(code, table, shift, unknown):
    if table is not None:
        # Rows of unknown values: TensorFlow's last ones come first; where it has none, zeros.
        first = table[len(table) - unknown:] if unknown else np.zeros((shift, table.shape[1]), np.float32)
        Embedding.table = np.concatenate([first, table[: len(table) - unknown]])
    features = {key: tf.constant(value) for key, value in FEATURES.items()}
    names = {'tf': tf, 'keras': keras, 'features': features, **NAMES}
    exec(code, names)
    answer = np.array(names[code.splitlines()[-1].split(' = ')[0]])
    if table is None and shift:
        answer = np.concatenate([answer[:, shift:], answer[:, :unknown]], axis=1)
    return answer.reshape(ROWS, -1)


folder = sys.argv[1]
answers = {}
for kind, code in json.load(open(f'{folder}/columnCode.json')).items():
    shift = code['shift'] or 0
    unknown = shift if 'num_oov_buckets' in code['tensorflow'] else 0
    theirs, table = tensorflow_answer(code['tensorflow'])
    ours = keras_answer(code['keras'], table, shift, unknown)
    same = theirs.shape == ours.shape
    answers[kind] = {
        'tensorflow': code['tensorflow'], 'keras': code['keras'], 'shift': code['shift'], 'values': int(theirs.size),
        'difference': float(np.abs(theirs - ours).max()) if same else f'{theirs.shape} and {ours.shape}',
    }
    print(kind, answers[kind]['values'], answers[kind]['difference'])
answers['_made_with'] = {'tensorflow': tf.__version__, 'keras': keras.__version__}
with open(f'{folder}/columnCodeAnswers.json', 'w') as out:
    json.dump(answers, out, indent=1, ensure_ascii=False)
    out.write('\n')
