"""Makes properties.json and properties.bin.gz: 10,000 random values of every kind of column, as TensorFlow and Keras answer.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python make_properties.py .

The inputs are not stored: they are drawn here and in tests/parity/propertyInputs.ts by one generator from one seed a kind.
Answers that another kind has already, shifted by a constant or not, are compared here and stored once ('same_as').
"""
import os
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import gzip
import json
import sys
import tempfile

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.feature_column import feature_column_v2 as v2

v1 = tf.compat.v1
v1.logging.set_verbosity('ERROR')
fc = tf.feature_column
COUNT = 10_000
ROWS = 1_250
# What stands in a rectangle where a row holds nothing; -1 is a value out of the vocabulary.
NOTHING = -2


class Draw:
    """xorshift32 (Marsaglia 2003), every draw modulo a bound."""

    def __init__(self, seed):
        self.state = seed

    def integer(self, bound):
        x = self.state
        x ^= (x << 13) & 0xFFFFFFFF
        x ^= x >> 17
        x ^= (x << 5) & 0xFFFFFFFF
        self.state = x
        return x % bound


CHARACTERS = list('abcdefgXYZ 0123456789-_.é') + ['日', '本', '語', '😀']


def text(draw):
    most = 120 if draw.integer(16) == 0 else 12
    return ''.join(CHARACTERS[draw.integer(len(CHARACTERS))] for _ in range(draw.integer(most)))


def texts(seed, count=COUNT):
    draw = Draw(seed)
    return [text(draw) for _ in range(count)]


def words(seed, count=COUNT):
    """One of 60 words; one in 60 is empty."""
    draw = Draw(seed)
    return [('' if k == 0 else f'w{k}') for k in (draw.integer(60) for _ in range(count))]


def integers(seed, low, high, count=COUNT):
    draw = Draw(seed)
    return [low + draw.integer(high - low) for _ in range(count)]


def large_integers(seed, count=COUNT):
    draw = Draw(seed)
    return [(draw.integer(2**21) - 2**20) * 2**32 + draw.integer(2**32 - 1) for _ in range(count)]


SPECIAL = [float('nan'), float('inf'), float('-inf'), -0.0, 0.7]


def numbers(seed, count=COUNT):
    """Eighths from -500 to 500, and now and then a number that is none."""
    draw = Draw(seed)
    result = []
    for _ in range(count):
        if draw.integer(20) == 0:
            result.append(SPECIAL[draw.integer(len(SPECIAL))])
        else:
            result.append((draw.integer(8001) - 4000) / 8)
    return np.array(result, np.float32)


BOUNDARIES = [-400.5, -100.0, -3.125, 0.0, 0.125, 0.7, 2.0, 50.0, 99.875, 250.0]


def bags(seed, most):
    """Row lengths 0 … most - 1 until COUNT values are there."""
    draw = Draw(seed)
    lengths = []
    while sum(lengths) < COUNT:
        lengths.append(min(draw.integer(most), COUNT - sum(lengths)))
    return lengths


def sparse(values, lengths, dtype):
    indices = [[r, i] for r, n in enumerate(lengths) for i in range(n)]
    return v1.SparseTensor(np.array(indices, np.int64).reshape(-1, 2), tf.constant(values, dtype), [len(lengths), max(lengths)])


def run(make):
    """Evaluates make() in a graph of its own, as an Estimator would."""
    with tf.Graph().as_default(), v1.Session() as session:
        wanted = make()
        session.run([v1.global_variables_initializer(), v1.tables_initializer()])
        return session.run(wanted)


def ids_of(column, features):
    """Ids by row and place; NOTHING where there is none."""

    def make():
        cache = v2.FeatureTransformationCache(features())
        return tf.sparse.to_dense(column.get_sparse_tensors(cache, None).id_tensor, default_value=NOTHING, validate_indices=False)

    return run(make)


def input_layer(columns, features):
    return run(lambda: v1.feature_column.input_layer(features(), columns))


parts, index = [], {}
total = 0


def keep(name, values, dtype):
    """Stores an array; its values must survive the smaller type."""
    global total
    values = np.asarray(values)
    small = values.astype(dtype)
    assert np.array_equal(small.astype(values.dtype), values, equal_nan=values.dtype.kind == 'f'), name
    # All first bytes, then all second ones: that compresses better.
    data = np.ascontiguousarray(small).view(np.uint8).reshape(-1, small.itemsize).T.tobytes()
    data += b'\0' * (-len(data) % 4)
    index[name] = {'type': np.dtype(dtype).name, 'shape': list(values.shape), 'at': total}
    parts.append(data)
    total += len(data)
    return values


def same(name, values, other, shift=0):
    """Stores that these are the values of another kind plus `shift`, which is checked here."""
    of, expected = other
    assert np.array_equal(np.asarray(values).reshape(-1), np.asarray(expected).reshape(-1) + shift), name
    index[name] = {'same_as': of, 'shift': shift}


def dense(**features):
    return lambda: {key: tf.constant(value) for key, value in features.items()}


# Categorical columns of one key.
T, W = texts(11), words(12)
hash_text = keep('hash_text', ids_of(fc.categorical_column_with_hash_bucket('t', 1_000_003), dense(t=T))[:, 0], np.int32)
I = large_integers(13)
hash_integer = keep('hash_integer', ids_of(fc.categorical_column_with_hash_bucket('i', 1000, dtype=tf.int64), dense(i=np.array(I)))[:, 0], np.int16)
VOCABULARY = [f'w{k}' for k in range(1, 41)]
vocabulary = keep('vocabulary', ids_of(fc.categorical_column_with_vocabulary_list('w', VOCABULARY), dense(w=W))[:, 0], np.int8)
oov = keep('vocabulary_oov', ids_of(fc.categorical_column_with_vocabulary_list('w', VOCABULARY, num_oov_buckets=7), dense(w=W))[:, 0], np.int8)
keep('vocabulary_default', ids_of(fc.categorical_column_with_vocabulary_list('w', VOCABULARY, default_value=5), dense(w=W))[:, 0], np.int8)
N = integers(14, -5, 55)
vocabulary_integer = keep('vocabulary_integer', ids_of(fc.categorical_column_with_vocabulary_list('n', list(range(1, 50, 2)), num_oov_buckets=5), dense(n=np.array(N)))[:, 0], np.int8)
with tempfile.NamedTemporaryFile('w', suffix='.txt') as file:
    file.write('\n'.join(VOCABULARY) + '\n')
    file.flush()
    from_file = fc.categorical_column_with_vocabulary_file('w', file.name, num_oov_buckets=7)
    same('vocabulary_file', ids_of(from_file, dense(w=W))[:, 0], ('vocabulary_oov', oov))
    short = fc.categorical_column_with_vocabulary_file('w', file.name, vocabulary_size=25)
    keep('vocabulary_file_size', ids_of(short, dense(w=W))[:, 0], np.int8)
identity = keep('identity', ids_of(fc.categorical_column_with_identity('n', 50, default_value=3), dense(n=np.array(N)))[:, 0], np.int8)
X = numbers(15)
bucketized_column = fc.bucketized_column(fc.numeric_column('x'), BOUNDARIES)
bucketized = keep('bucketized', ids_of(bucketized_column, dense(x=X))[:, 0], np.int8)
# Sparse features keep '' and -1, which a dense one reads as missing.
L = bags(16, 16)
sparse_words = lambda: {'w': sparse(W, L, tf.string)}
sparse_vocabulary = keep('sparse_vocabulary', ids_of(fc.categorical_column_with_vocabulary_list('w', VOCABULARY, num_oov_buckets=7), sparse_words), np.int8)

# Crosses.
A, B = integers(21, -50, 400), integers(22, -2, 24)
ints = dense(a=np.array(A), b=np.array(B))
cross_integer = keep('cross_integer', ids_of(fc.crossed_column(['a', 'b'], 1_000_003), ints)[:, 0], np.int32)
keep('cross_order', ids_of(fc.crossed_column(['b', 'a'], 61), ints)[:, 0], np.int16)
keep('cross_hash_key', ids_of(fc.crossed_column(['a', 'b'], 227, hash_key=12345678901), ints)[:, 0], np.int16)
cross_text = keep('cross_text', ids_of(fc.crossed_column(['t', 'w'], 53), dense(t=T, w=W))[:, 0], np.int16)
cross_mixed = keep('cross_mixed', ids_of(fc.crossed_column(['t', 'a'], 47), dense(t=T, a=np.array(A)))[:, 0], np.int16)
plain_vocabulary = fc.categorical_column_with_vocabulary_list('w', VOCABULARY)
keep('cross_sparse_first', ids_of(fc.crossed_column(['t', plain_vocabulary], 43), dense(t=T, w=W))[:, 0], np.int16)
plain_identity = fc.categorical_column_with_identity('n', 50, default_value=3)
keep('cross_out_of_vocabulary', ids_of(fc.crossed_column([plain_vocabulary, plain_identity], 41), dense(w=W, n=np.array(N)))[:, 0], np.int16)
keep('cross_three', ids_of(fc.crossed_column(['a', bucketized_column, 't'], 37), dense(a=np.array(A), x=X, t=T))[:, 0], np.int16)
P, Q = bags(23, 4), bags(24, 5)
P, Q = P[:3400], Q[:3400]
product = ids_of(fc.crossed_column(['t', 'a'], 31), lambda: {'t': sparse(T[: sum(P)], P, tf.string), 'a': sparse(A[: sum(Q)], Q, tf.int64)})
keep('cross_product', product, np.int16)

# Lookups: a table of 50 rows, bags of ids with out-of-vocabulary ones, weights in quarters.
draw = Draw(31)
TABLE = np.array([(draw.integer(2001) - 1000) / 1000 for _ in range(100)], np.float32).reshape(50, 2)
IDS = integers(32, -1, 50)
draw = Draw(33)
WEIGHTS = [(draw.integer(17) - 1) / 4 for _ in range(COUNT)]
looked = {}


def lookup(name, combiner, weighted, max_norm):
    def make():
        weights = sparse(WEIGHTS, L, tf.float32) if weighted else None
        return tf.nn.safe_embedding_lookup_sparse(tf.constant(TABLE), sparse(IDS, L, tf.int64), weights, combiner=combiner, max_norm=max_norm)

    looked[name] = keep(name, run(make), np.float32)


lookup('lookup_mean', 'mean', False, None)
lookup('lookup_sqrtn', 'sqrtn', False, None)
lookup('lookup_mean_weighted', 'mean', True, None)
lookup('lookup_sqrtn_weighted_max_norm', 'sqrtn', True, 0.5)
lookup('lookup_sum_weighted_max_norm', 'sum', True, 0.5)


def constant(shape, dtype=None, partition_info=None):
    return tf.constant(TABLE)


id_column = fc.categorical_column_with_identity('id', 50)
bag_column = fc.categorical_column_with_identity('id', 50, default_value=7)
weighted_column = fc.weighted_categorical_column(bag_column, 'weight')
weighted_features = lambda: {'id': sparse(IDS, L, tf.int64), 'weight': sparse(WEIGHTS, L, tf.float32)}
keep('indicator', input_layer([fc.indicator_column(bag_column)], weighted_features), np.int8)
keep('indicator_weighted', input_layer([fc.indicator_column(weighted_column)], weighted_features)[:300] * 4, np.int16)
embedded = keep('embedding_weighted', input_layer([fc.embedding_column(weighted_column, 2, combiner='mean', initializer=constant, max_norm=0.5)], weighted_features), np.float32)

# Shared embeddings: two keys, one table.
D = integers(34, -1, 50, ROWS)
shared_features = lambda: {'id': sparse(IDS, L, tf.int64), 'other': tf.constant(np.resize(np.array(D), len(L)))}
other = fc.categorical_column_with_identity('other', 50)
with tf.Graph().as_default(), v1.Session() as session:
    v1_columns = v1.feature_column.shared_embedding_columns([bag_column, other], 2, combiner='sqrtn', initializer=constant)
    both = v1.feature_column.input_layer(shared_features(), v1_columns)
    session.run([v1.global_variables_initializer(), v1.tables_initializer()])
    tables = [v.shape.as_list() for v in v1.global_variables()]
    keep('shared', session.run(both), np.float32)
index['shared_names'] = {'text': [column.name for column in v1_columns] + [str(tables)]}

# Numbers, and everything side by side, sorted by name.
EIGHTHS = np.array(integers(35, 0, 1024))
log1p = input_layer([fc.numeric_column('p', normalizer_fn=tf.math.log1p)], dense(p=(EIGHTHS / 8).astype(np.float32)))[:, 0]
# By eighths: every one of the 10,000 is one of these.
by_eighths = np.zeros(1024, np.float32)
by_eighths[EIGHTHS] = log1p
assert np.array_equal(by_eighths[EIGHTHS], log1p) and len(set(EIGHTHS)) == 1024
keep('numeric_log1p', by_eighths, np.float32)
rows = len(L)
all_features = lambda: {
    'id': sparse(IDS, L, tf.int64), 'weight': sparse(WEIGHTS, L, tf.float32),
    'w': tf.constant(W[:rows]), 'x': tf.constant(np.nan_to_num(X[:rows], posinf=0, neginf=0)), 'p': tf.constant(np.array(A[:rows], np.float32)),
}
together = [
    fc.numeric_column('x'), fc.embedding_column(weighted_column, 2, combiner='mean', initializer=constant, max_norm=0.5),
    fc.indicator_column(fc.crossed_column(['w', bag_column], 5)), fc.numeric_column('p'), fc.indicator_column(bucketized_column),
]
index['concatenation_names'] = {'text': [column.name for column in sorted(together, key=lambda column: column.name)]}
layer = input_layer(together, all_features)
keep('concatenation', layer[:300], np.float32)

# Sequences: a step for each value of a row.
sequence = fc.sequence_categorical_column_with_vocabulary_list('w', VOCABULARY, num_oov_buckets=7)


class StateManager(v2.StateManager):
    def create_variable(self, feature_column, name, shape, dtype=None, trainable=True, use_resource=True, initializer=None):
        self.variable = v1.get_variable(name, initializer=tf.constant(TABLE[: shape[0]]))

    def get_variable(self, feature_column, name):
        return self.variable

    def has_resource(self, feature_column, resource_name):
        return False

    def add_resource(self, feature_column, resource_name, resource):
        pass


def sequence_of(column, features):
    def make():
        manager = StateManager()
        column.create_state(manager)
        answer = column.get_sequence_dense_tensor(v2.FeatureTransformationCache(features()), manager)
        return answer.dense_tensor, answer.sequence_length

    return run(make)


steps, lengths = sequence_of(fc.embedding_column(sequence, 2), sparse_words)
keep('sequence_lengths', lengths, np.int8)
keep('sequence_embedding', steps[:100], np.float32)


def numeric_sequence():
    column = fc.sequence_numeric_column('x', default_value=-7.0)
    values = np.nan_to_num(X, posinf=0, neginf=0)
    answer = column.get_sequence_dense_tensor(v2.FeatureTransformationCache({'x': sparse(values, L, tf.float32)}), None)
    return answer.dense_tensor, answer.sequence_length


number_steps, number_lengths = run(numeric_sequence)
same('sequence_numeric_lengths', number_lengths, ('sequence_lengths', lengths))
keep('sequence_numeric', number_steps[:, :, 0][:100], np.float32)

# Keras twins: the same ids, shifted by what Keras puts first.
present = np.array([word for word in W if word != ''])
kept = lambda values: values[np.array(W) != '']
same('keras_StringLookup', keras.layers.StringLookup(vocabulary=VOCABULARY)(present), ('vocabulary', kept(vocabulary)), shift=1)
index['keras_StringLookup']['only'] = 'present'
lookup_oov = np.array(keras.layers.StringLookup(vocabulary=VOCABULARY, num_oov_indices=7)(present))
# Keras puts the buckets of unknown words first, TensorFlow's columns last.
expected = kept(oov)
same('keras_StringLookup_oov', np.where(lookup_oov < 7, lookup_oov + 40, lookup_oov - 7), ('vocabulary_oov', expected))
index['keras_StringLookup_oov']['only'] = 'present'
texts_present = np.array([t != '' for t in T])
same('keras_Hashing', np.array(keras.layers.Hashing(num_bins=1_000_003)(np.array(T)))[texts_present], ('hash_text', hash_text[texts_present]))
same('keras_Hashing_integer', np.array(keras.layers.Hashing(num_bins=1000)(np.array(I)))[np.array(I) != -1], ('hash_integer', hash_integer[np.array(I) != -1]))
same('keras_HashedCrossing', keras.layers.HashedCrossing(num_bins=1_000_003)((np.array(A), np.array(B))), ('cross_integer', cross_integer))
same('keras_HashedCrossing_text', keras.layers.HashedCrossing(num_bins=53)((np.array(T), np.array(W))), ('cross_text', cross_text))
finite = ~np.isnan(X)
same('keras_Discretization', np.array(keras.layers.Discretization(bin_boundaries=BOUNDARIES)(X))[finite], ('bucketized', bucketized[finite]))
index['keras_Discretization']['nan'] = np.array(keras.layers.Discretization(bin_boundaries=BOUNDARIES)(np.array([np.nan], np.float32))).tolist()
index['_made_with'] = {'tensorflow': tf.__version__, 'keras': keras.__version__, 'note': 'CPU, float32'}

folder = sys.argv[1]
with open(f'{folder}/properties.json', 'w') as out:
    json.dump(index, out, indent=1, ensure_ascii=False)
    out.write('\n')
with open(f'{folder}/properties.bin.gz', 'wb') as out:
    out.write(gzip.compress(b''.join(parts), 9, mtime=0))
