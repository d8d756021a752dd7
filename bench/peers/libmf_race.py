"""Matrix factorization one sample at a time in LIBMF (C++, `cjlin1/libmf`; Python package `libmf`), the native record holder.

The package is compiled as its installer pleases. Its vector instructions need a build with USESSE or USEAVX, which requirements.txt shows how to make;
all builds that are found take part, each with 5, 10, 20 and 40 bins (its default is slow on one thread), and the fastest stays.
"""

import ctypes
import glob
import os
import select
import signal
import sys
import time

import numpy as np

from serve_rounds import serve

BINS = (5, 10, 20, 40)
LONGEST_RUN_S = 15


class Problem(ctypes.Structure):
    _fields_ = [("m", ctypes.c_int), ("n", ctypes.c_int), ("nnz", ctypes.c_longlong), ("ratings", ctypes.c_void_p)]


class Parameter(ctypes.Structure):
    _fields_ = (
        [(name, ctypes.c_int) for name in ("fun", "k", "nr_threads", "nr_bins", "nr_iters")]
        + [(name, ctypes.c_float) for name in ("lambda_p1", "lambda_p2", "lambda_q1", "lambda_q2", "eta")]
        + [(name, ctypes.c_bool) for name in ("do_nmf", "quiet", "copy_data")]
    )


def builds():
    """By name: the package's own, and those beside it."""
    found = {}
    for name, folder in [("plain", path) for path in sys.path] + [(b, os.path.join(sys.prefix, f"libmf-{b}")) for b in ("SSE", "AVX")]:
        for path in glob.glob(os.path.join(folder, "libmf*.so")):
            found[name] = ctypes.CDLL(path)
    for library in found.values():
        library.mf_train.argtypes = [ctypes.POINTER(Problem), Parameter]
        library.mf_train.restype = ctypes.c_void_p
    return found


class Peer:
    def load(self, folder, users, items):
        columns = [np.fromfile(os.path.join(folder, name), kind) for name, kind in (("user", "<i4"), ("item", "<i4"), ("rating", "<f4"))]
        self.ratings = np.rec.fromarrays(columns, dtype=[("u", "<i4"), ("v", "<i4"), ("r", "<f4")])
        self.problem = Problem(users, items, len(self.ratings), self.ratings.ctypes.data)
        self.builds = builds()

    def start(self, k, threads, rate, regularization):
        """Finds the fastest build and bins; says which."""
        self.parameter = Parameter(0, k, threads, 0, 0, 0, regularization, 0, regularization, rate, False, True, True)
        variants = [(build, bins) for build in self.builds for bins in BINS if bins > threads]
        # A first look without a measurement of the set-up for each; then the best three with it.
        times = {variant: self._seconds(*variant, 4) for variant in variants}
        best = {variant: self._epoch_ms(*variant, 4) for variant in sorted(times, key=times.get)[:3]}
        self.variant = min(best, key=best.get)
        return f"LIBMF, {self.variant[0]} build, {self.variant[1]} bins"

    def round(self, steps):
        """Milliseconds an epoch, over `steps` epochs or as many more as take about as long as setting up does."""
        return self._epoch_ms(*self.variant, steps)

    def _epoch_ms(self, build, bins, epochs):
        """LIBMF sets up anew in each call: what a call of more epochs takes longer. Its first epoch trains 8 dimensions only."""
        first = self._seconds(build, bins, 1)
        while True:
            seconds = self._seconds(build, bins, 1 + epochs) - first
            if seconds > max(0.1, 0.7 * first):
                return 1000 * seconds / epochs
            epochs = max(2 * epochs, min(8 * epochs, int(0.8 * first * epochs / max(seconds, 0.01))))

    def _seconds(self, build, bins, epochs):
        """In a process of its own: once in some dozens of short runs LIBMF's threads wait for each other for ever, and the run is made anew."""
        self.parameter.nr_bins, self.parameter.nr_iters = bins, epochs
        for _ in range(5):
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                begun = time.perf_counter()
                self.builds[build].mf_train(ctypes.byref(self.problem), self.parameter)
                os.write(writer, str(time.perf_counter() - begun).encode())
                os._exit(0)
            os.close(writer)
            done = select.select([reader], [], [], LONGEST_RUN_S)[0]
            seconds = os.read(reader, 64) if done else b""
            os.close(reader)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            if seconds:
                return float(seconds)
        raise RuntimeError(f"LIBMF's {build} build with {bins} bins ends no run.")


serve(Peer())
