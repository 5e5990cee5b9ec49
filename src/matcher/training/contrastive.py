"""
Training the table: translations near each other, and both near where the English teacher puts the meaning.

Loss = symmetric InfoNCE with in-batch negatives (van den Oord et al., 2018) on the first 256, 128 and 64 dimensions
(Matryoshka, Kusupati et al., 2022) + weight x (cosine to the teacher + squared difference of similarity matrices).
Translation alone would pull English away from topics; the teacher holds it there.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.training.corpus import Bags, Floats, Integers, TrainingSet


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hard to train."""

    epochs: int = 5
    batch: int = 1024
    rate: float = 0.01
    scale: float = 15.0
    teacher_weight: float = 5.0
    relation_weight: float = 4.0
    heads: tuple[int, ...] = (256, 128, 64)
    seed: int = 7
    seconds: float | None = None
    """Stop by then, the rate having fallen to zero: for a busy machine, at the price of not being repeatable."""

    def progress(self, step: int, steps: int, elapsed: float) -> float:
        """How far training has come, from 0 to 1, by steps or by the clock, whichever is further."""
        by_clock = elapsed / self.seconds if self.seconds else 0.0
        return min(1.0, max(step / steps, by_clock))


def train(
    start: Floats, data: TrainingSet, teacher: Floats, fixed: Integers, schedule: Schedule,
    report: Callable[[int, int, float], None] = lambda step, steps, loss: None,
) -> Floats:  # fmt: skip
    """
    Train a copy of the table `start` [V, d] against `teacher` [m, d] (unit rows); `fixed` rows stay zero.

    `report` hears (step, steps, loss) after each step. Same seed, same threads, same table.
    """
    import torch

    torch.manual_seed(schedule.seed)
    draw = np.random.default_rng(schedule.seed)
    table = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimiser = torch.optim.SparseAdam([table], lr=schedule.rate)
    meaning_matrix = torch.from_numpy(teacher)
    per_epoch = len(data.left) // schedule.batch
    steps, began = per_epoch * schedule.epochs, time.monotonic()
    for step in range(steps):
        if step % per_epoch == 0:
            order = draw.permutation(len(data.left))
        chosen = order[(step % per_epoch) * schedule.batch :][: schedule.batch]
        done = schedule.progress(step, steps, time.monotonic() - began)
        if done >= 1.0:
            break
        for group in optimiser.param_groups:
            group["lr"] = schedule.rate * (1 - done)
        loss = _loss(table, data, chosen, meaning_matrix, schedule)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 50 == 0:
            report(step, steps, float(loss.detach()))
    trained: Floats = table.detach().numpy()
    trained[fixed] = 0
    return trained


def _loss(table: Any, data: TrainingSet, chosen: Integers, teacher: Any, schedule: Schedule) -> Any:
    import torch
    from torch.nn.functional import cross_entropy, normalize

    left, right, meaning = data.left[chosen], data.right[chosen], data.meaning[chosen]
    pooled_left, pooled_right = pool(table, data.bags, left), pool(table, data.bags, right)
    repeats = torch.from_numpy((left[:, None] == left) | (right[:, None] == right))
    repeats.fill_diagonal_(False)
    asked = torch.from_numpy(np.flatnonzero(meaning >= 0))
    target = teacher[torch.from_numpy(meaning[meaning >= 0])]
    answers = torch.arange(len(chosen))
    loss = torch.zeros(())
    for size in schedule.heads:
        a, b = normalize(pooled_left[:, :size]), normalize(pooled_right[:, :size])
        similarity = (schedule.scale * a @ b.T).masked_fill(repeats, -1e4)
        contrast = (cross_entropy(similarity, answers) + cross_entropy(similarity.T, answers)) / 2
        t = normalize(target[:, :size])
        near = 1 - ((a[asked] * t).sum(1).mean() + (b[asked] * t).sum(1).mean()) / 2
        if size == schedule.heads[0]:
            near = near + schedule.relation_weight * ((a[asked] @ b[asked].T - t @ t.T) ** 2).mean()
        loss = loss + contrast + schedule.teacher_weight * near
    return loss / len(schedule.heads)


def pool(table: Any, bags: Bags, texts: Integers) -> Any:
    """Mean rows [len(texts), d] of some texts under a table [V, d], as a tensor that can be differentiated."""
    import torch

    rows, offsets = bags.take(texts)
    return torch.nn.functional.embedding_bag(
        torch.from_numpy(rows), table, torch.from_numpy(offsets), mode="mean", sparse=True
    )
