"""Mini-batch training of two embeddings in PyTorch on the CPU: a dot product with biases, or 2 × k → 32 relu → 1.

Variants, of which the measurement takes the fastest: gradients of the tables dense or sparse, the optimizer's loop over parameters as it comes
(`foreach` where PyTorch has it) or fused, one thread or all. Everything is exact: duplicates are summed, then one step a row.
"""

import os
import time
from dataclasses import dataclass

import numpy as np
import torch

from serve_rounds import serve


class DotProduct(torch.nn.Module):
    def __init__(self, users, items, k, mean, sparse):
        super().__init__()
        self.user = torch.nn.Embedding(users, k, sparse=sparse)
        self.item = torch.nn.Embedding(items, k, sparse=sparse)
        self.user_bias = torch.nn.Embedding(users, 1, sparse=sparse)
        self.item_bias = torch.nn.Embedding(items, 1, sparse=sparse)
        for table in (self.user, self.item):
            torch.nn.init.trunc_normal_(table.weight, std=k**-0.5, a=-2 * k**-0.5, b=2 * k**-0.5)
        for bias in (self.user_bias, self.item_bias):
            torch.nn.init.zeros_(bias.weight)
        self.mean = mean

    def forward(self, user, item):
        product = (self.user(user) * self.item(item)).sum(1)
        return product + self.user_bias(user).squeeze(1) + self.item_bias(item).squeeze(1) + self.mean


class Network(torch.nn.Module):
    def __init__(self, users, items, k, mean, sparse):
        super().__init__()
        self.user = torch.nn.Embedding(users, k, sparse=sparse)
        self.item = torch.nn.Embedding(items, k, sparse=sparse)
        self.hidden = torch.nn.Linear(2 * k, 32)
        self.head = torch.nn.Linear(32, 1)

    def forward(self, user, item):
        x = torch.cat((self.item(item), self.user(user)), 1)
        return self.head(torch.relu(self.hidden(x))).squeeze(1)


def optimizers(model, name, rate, variant):
    """Adagrad takes sparse gradients; Adam has a class of its own for them, which is lazy."""
    fused = {"fused": True} if variant == "fused" else {}
    if name == "adagrad":
        return [torch.optim.Adagrad(model.parameters(), lr=rate, initial_accumulator_value=0.1, eps=0, **fused)]
    if variant != "sparse":
        return [torch.optim.Adam(model.parameters(), lr=rate, **fused)]
    tables = [m.weight for m in model.modules() if isinstance(m, torch.nn.Embedding)]
    rest = [p for p in model.parameters() if not any(p is table for table in tables)]
    made = [torch.optim.SparseAdam(tables, lr=rate)]
    return made + [torch.optim.Adam(rest, lr=rate)] if rest else made


@dataclass
class Run:
    model: torch.nn.Module
    optimizers: list
    batch: int
    threads: int
    position: int = 0


class Peer:
    def __init__(self):
        self.slots = {}

    def describe(self):
        return {"name": f"PyTorch {torch.__version__.split('+')[0]} CPU", "threads": os.cpu_count()}

    def load(self, folder, users, items):
        """`user`, `item` (int32) and `rating` (float32) as files, already in random order."""
        read = lambda name, dtype: torch.from_numpy(np.fromfile(os.path.join(folder, name), dtype))
        self.user, self.item = read("user", np.int32).long(), read("item", np.int32).long()
        self.rating = read("rating", np.float32)
        self.sizes = (users, items)

    def start(self, slot, model, k, batch, optimizer, rate, variant, threads):
        """Builds a model and keeps it in a slot; the rounds of that slot train it."""
        torch.manual_seed(1)
        made = DotProduct if model == "dotProduct" else Network
        built = made(*self.sizes, k, self.rating.mean().item(), variant == "sparse")
        self.slots[slot] = Run(built, optimizers(built, optimizer, rate, variant), batch, threads)

    def round(self, slot, steps):
        """Milliseconds a step. A batch is a slice of what is already shuffled: it costs nothing."""
        run = self.slots[slot]
        torch.set_num_threads(run.threads)
        total = 0.0
        begun = time.perf_counter()
        for _ in range(steps):
            if run.position + run.batch > len(self.rating):
                run.position = 0
            rows = slice(run.position, run.position + run.batch)
            run.position += run.batch
            for optimizer in run.optimizers:
                optimizer.zero_grad()
            error = run.model(self.user[rows], self.item[rows]) - self.rating[rows]
            loss = (error * error).mean()
            loss.backward()
            for optimizer in run.optimizers:
                optimizer.step()
            total += loss.detach()
        milliseconds = (time.perf_counter() - begun) * 1000 / steps
        return {"ms": milliseconds, "loss": float(total) / steps}


serve(Peer())
