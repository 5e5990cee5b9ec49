"""
Training the table: translations near each other, and both near where the English teacher puts the meaning.

Loss = symmetric InfoNCE with in-batch negatives (van den Oord et al., 2018) on all 256 dimensions and, by turns, on the
first 128 or 64 (Matryoshka, Kusupati et al., 2022) + weight x (cosine to the teacher + squared difference of similarity
matrices). Translation alone would pull English away from topics; the teacher holds it there.

Tokens of a text are left out at random (dropout on the words of a bag, as in Iyyer et al., 2015), so that no word leans
on those that happen to stand beside it.

Only the rows that a batch holds are read, differentiated and moved (Adam with lazy moments), a tenth of a second for a
batch of 1,024 on one core.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from matcher.training.corpus import Bags, Floats, Integers, TrainingSet

SAVED_EVERY = 500
"""Steps between checkpoints, about a minute."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hard to train."""

    epochs: int = 6
    batch: int = 1024
    rate: float = 0.01
    scale: float = 15.0
    teacher_weight: float = 5.0
    relation_weight: float = 4.0
    heads: tuple[int, ...] = (256, 128, 64)
    seed: int = 7
    twice_from: int | None = None
    """Pairs with this many tokens or more on both sides are drawn twice an epoch: sentences rather than words."""
    dropout: float = 0.0
    """Share of tokens left out of a text whenever a batch holds it; one always stays."""


def train(
    start: Floats, data: TrainingSet, teacher: Floats, fixed: Integers, schedule: Schedule,
    report: Callable[[int, int, float], None] = lambda step, steps, loss: None, checkpoint: Path | None = None,
) -> Floats:  # fmt: skip
    """
    Train a copy of the table `start` [V, d] against `teacher` [m, d] (unit rows); `fixed` rows stay zero.

    The rate falls to zero in equal steps. `report` hears (step, steps, loss) now and then. The state is kept in the
    file `checkpoint` while training runs, and a run that finds one goes on from there. Same seed, same threads, same
    table, whether it was stopped in between or not.
    """
    import torch

    table = LazyAdam(start, fixed)
    if checkpoint and checkpoint.exists():
        table.restore(checkpoint)
    meaning_matrix = torch.from_numpy(teacher)
    every = drawn(data, schedule.twice_from)
    batch = min(schedule.batch, len(every))
    per_epoch = len(every) // batch
    steps, order, epoch = per_epoch * schedule.epochs, np.empty(0, dtype=np.int64), -1
    for step in range(table.step, steps):
        if step // per_epoch != epoch:
            epoch = step // per_epoch
            order = every[np.random.default_rng((schedule.seed, epoch)).permutation(len(every))]
        chosen = order[(step % per_epoch) * batch :][:batch]
        taken = [data.bags.take(texts[chosen]) for texts in (data.left, data.right)]
        if schedule.dropout:
            draw = np.random.default_rng((schedule.seed, epoch, step))
            taken = [thinned(*side, schedule.dropout, draw) for side in taken]
        rows, bags = _compact(taken)
        part = table.rows(rows)
        loss = _loss(part, bags, data, chosen, meaning_matrix, schedule, step)
        loss.backward()
        table.move(rows, part, schedule.rate * (1 - step / steps))
        if step % 50 == 0:
            report(step, steps, float(loss.detach()))
        if checkpoint and table.step % SAVED_EVERY == 0:
            table.save(checkpoint)
    trained: Floats = table.numbers.numpy()
    return trained


def drawn(data: TrainingSet, twice_from: int | None) -> Integers:
    """The numbers of the pairs that an epoch draws: each once, and once more if both sides have `twice_from` tokens."""
    every = np.arange(len(data.left))
    if twice_from is None:
        return every
    sizes = np.diff(data.bags.starts)
    shorter = np.minimum(sizes[data.left], sizes[data.right])
    return np.concatenate((every, np.flatnonzero(shorter >= twice_from)))


class LazyAdam:
    """A table [V, d] whose rows move by Adam (Kingma and Ba, 2015) only when a batch holds them; some never do."""

    def __init__(self, start: Floats, fixed: Integers, betas: tuple[float, float] = (0.9, 0.999)) -> None:
        import torch

        self.numbers = torch.from_numpy(start.copy())
        self.numbers[torch.from_numpy(fixed)] = 0
        self._first, self._second = torch.zeros_like(self.numbers), torch.zeros_like(self.numbers)
        self._moves = torch.ones(len(start), 1)
        self._moves[torch.from_numpy(fixed)] = 0
        self._betas, self.step = betas, 0

    def rows(self, rows: Integers) -> Any:
        """Some rows [n, d] as a tensor to differentiate."""
        import torch

        return self.numbers[torch.from_numpy(rows)].requires_grad_()

    def move(self, rows: Integers, part: Any, rate: float) -> None:
        """One step along the gradient of `part`, which `rows` gave for the same rows."""
        import torch

        at, (one, two) = torch.from_numpy(rows), self._betas
        self.step += 1
        with torch.no_grad():
            gradient = part.grad * self._moves[at]
            first = self._first[at] * one + gradient * (1 - one)
            second = self._second[at] * two + gradient**2 * (1 - two)
            self._first[at], self._second[at] = first, second
            spread = (second / (1 - two**self.step)).sqrt() + 1e-8
            self.numbers[at] = part.detach() - rate * first / (1 - one**self.step) / spread

    def save(self, path: Path) -> None:
        """Write numbers, moments and the number of steps; a file that is there is replaced in one go."""
        with path.with_suffix(".part").open("wb") as file:
            np.savez(file, *(part.numpy() for part in (self.numbers, self._first, self._second)), step=self.step)
        path.with_suffix(".part").replace(path)

    def restore(self, path: Path) -> None:
        """Take up what `save` wrote."""
        import torch

        with np.load(path) as saved:
            parts = [torch.from_numpy(saved[f"arr_{at}"]) for at in range(3)]
            self.numbers, self._first, self._second = parts
            self.step = int(saved["step"])


def thinned(tokens: Integers, offsets: Integers, share: float, draw: np.random.Generator) -> tuple[Integers, Integers]:
    """Bags end to end without about `share` of their tokens, and their offsets; each keeps one, which is drawn."""
    sizes = np.diff(np.append(offsets, len(tokens)))
    keep = draw.random(len(tokens)) >= share
    keep[offsets + (draw.random(len(offsets)) * sizes).astype(np.int64)] = True
    kept_before = np.concatenate(([0], np.cumsum(keep)))
    return tokens[keep], kept_before[offsets]


def _compact(taken: list[tuple[Integers, Integers]]) -> tuple[Integers, list[tuple[Any, Any]]]:
    """The distinct table rows of both sides' tokens, and per side the numbers and offsets of its texts among them."""
    import torch

    rows, places = np.unique(np.concatenate([tokens for tokens, _ in taken]), return_inverse=True)
    cut = len(taken[0][0])
    sides = ((places[:cut], taken[0][1]), (places[cut:], taken[1][1]))
    return rows, [(torch.from_numpy(tokens), torch.from_numpy(offsets)) for tokens, offsets in sides]


def _loss(
    part: Any, bags: list[tuple[Any, Any]], data: TrainingSet, chosen: Integers, teacher: Any, schedule: Schedule,
    step: int,
) -> Any:  # fmt: skip
    import torch
    from torch.nn.functional import embedding_bag, normalize

    left, right, meaning = data.left[chosen], data.right[chosen], data.meaning[chosen]
    pooled_left, pooled_right = (embedding_bag(tokens, part, offsets, mode="mean") for tokens, offsets in bags)
    repeats = torch.from_numpy((left[:, None] == left) | (right[:, None] == right))
    repeats.fill_diagonal_(False)
    asked = torch.from_numpy(np.flatnonzero(meaning >= 0))
    target = teacher[torch.from_numpy(meaning[meaning >= 0])]
    meant = target @ target.T
    whole, *smaller = schedule.heads
    loss = torch.zeros(())
    for size, weight in ((whole, 1.0), *([(smaller[step % len(smaller)], float(len(smaller)))] if smaller else [])):
        a, b = normalize(pooled_left[:, :size]), normalize(pooled_right[:, :size])
        cosines = a @ b.T
        similarity = (schedule.scale * cosines).masked_fill(repeats, -1e4)
        away = (similarity.logsumexp(1).mean() + similarity.logsumexp(0).mean()) / 2
        part_loss = away - similarity.diagonal().mean()
        if len(asked):
            t = normalize(target[:, :size])
            near = 1 - ((a[asked] * t).sum(1).mean() + (b[asked] * t).sum(1).mean()) / 2
            near = near + schedule.relation_weight * ((cosines[asked][:, asked] - meant) ** 2).mean()
            part_loss = part_loss + schedule.teacher_weight * near
        loss = loss + weight * part_loss
    return loss / len(schedule.heads)


def pool(table: Any, bags: Bags, texts: Integers) -> Any:
    """Mean rows [len(texts), d] of some texts under a table [V, d], as a tensor that can be differentiated."""
    import torch

    rows, offsets = bags.take(texts)
    return torch.nn.functional.embedding_bag(
        torch.from_numpy(rows), table, torch.from_numpy(offsets), mode="mean", sparse=True
    )
