"""2 × k → 32 relu → 1 in Keras on JAX, CPU: the whole step is compiled by XLA. The gradients of the tables are dense.

Variants, of which the measurement takes the faster: one step a call of the compiled function, or 16 (`steps_per_execution`).
"""

import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import time

import jax
import keras
import numpy as np

from serve_rounds import serve


class Peer:
    def __init__(self):
        self.slots = {}

    def describe(self):
        return {"name": f"Keras {keras.__version__} on JAX {jax.__version__} CPU", "threads": os.cpu_count()}

    def load(self, folder, users, items):
        read = lambda name, dtype: np.fromfile(os.path.join(folder, name), dtype)
        self.inputs = {"item": read("item", np.int32), "user": read("user", np.int32)}
        self.rating = read("rating", np.float32)
        self.sizes = {"item": items, "user": users}

    def start(self, slot, k, batch, optimizer, rate, steps_per_execution):
        keras.utils.set_random_seed(1)
        inputs = {name: keras.Input((), dtype="int32", name=name) for name in self.sizes}
        vectors = [keras.layers.Embedding(rows, k)(inputs[name]) for name, rows in self.sizes.items()]
        hidden = keras.layers.Dense(32, activation="relu")(keras.layers.Concatenate()(vectors))
        model = keras.Model(inputs, keras.layers.Dense(1)(hidden))
        made = {
            "adagrad": lambda: keras.optimizers.Adagrad(rate, initial_accumulator_value=0.1),
            "adam": lambda: keras.optimizers.Adam(rate),
        }[optimizer]()
        model.compile(made, loss="mse", steps_per_execution=steps_per_execution, jit_compile=True)
        self.slots[slot] = (model, batch)

    def round(self, slot, steps):
        """Milliseconds a step of `fit`, over batches that are not shuffled."""
        model, batch = self.slots[slot]
        rows = min(steps * batch, len(self.rating) // batch * batch)
        inputs = {name: ids[:rows] for name, ids in self.inputs.items()}
        begun = time.perf_counter()
        history = model.fit(inputs, self.rating[:rows], batch_size=batch, shuffle=False, verbose=0)
        milliseconds = (time.perf_counter() - begun) * 1000 / (rows // batch)
        return {"ms": milliseconds, "loss": history.history["loss"][-1]}


serve(Peer())
