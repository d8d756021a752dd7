"""Five steps of Keras's optimizers on the model and the batches of `train_trace`, on one of Keras's backends.

    KERAS_BACKEND=jax python make_keras_traces.py .     # likewise torch

Adds the backend's answers to keras-traces.json. Those of Keras on TensorFlow are `train_trace.keras3_runs` of make_goldens.py: it squares the
gradient of each lookup by itself where a batch looks a row up twice. On JAX and PyTorch, whose gradients are dense, the lookups of a row are
summed first.
"""
import json
import os
import sys

import keras
import numpy as np

folder = sys.argv[1]
trace = json.load(open(os.path.join(folder, "tensorflow-feature-columns.json")))["train_trace"]
target = os.path.join(folder, "keras-traces.json")
answers = json.load(open(target)) if os.path.exists(target) else {}

optimizers = {
    "SGD": lambda: keras.optimizers.SGD(0.1),
    "Momentum": lambda: keras.optimizers.SGD(0.1, momentum=0.9),
    "Adagrad": lambda: keras.optimizers.Adagrad(0.1),
    "Adam": lambda: keras.optimizers.Adam(0.01),
    "RMSprop": lambda: keras.optimizers.RMSprop(0.01),
    "Ftrl": lambda: keras.optimizers.Ftrl(0.1),
}


def run(make):
    model = keras.Sequential(
        [
            keras.Input((1,), dtype="int32"),
            keras.layers.Embedding(5, 2),
            keras.layers.Flatten(),
            keras.layers.Dense(1),
        ]
    )
    model.set_weights([np.array(trace["E0"], np.float32), np.array(trace["K0"], np.float32), np.zeros(1, np.float32)])
    model.compile(make(), "mse")
    losses = [
        float(model.train_on_batch(np.array(ids, np.int32)[:, None], np.array(labels, np.float32)[:, None]))
        for ids, labels in trace["batches"]
    ]
    E, K, b = (weights.tolist() for weights in model.get_weights())
    return {"losses": losses, "E": E, "K": K, "b": b}


answers["keras"] = keras.__version__
answers[keras.backend.backend()] = {name: run(make) for name, make in optimizers.items()}
json.dump(answers, open(target, "w"), indent=1)
