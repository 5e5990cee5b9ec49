"""
Fine-tune a static table on a platform's own posts, held close to where it was.

Loss = symmetric InfoNCE on the pairs of `own_posts` with in-batch negatives + hold x (cosine of every text to the
vector that it had before + squared difference of the batch's similarities to those before). A batch is of one
language, so nothing pushes languages apart, and pairs of one creator are no negatives of each other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.errors import InputError
from matcher.training.contrastive import pool
from matcher.training.corpus import Floats, Integers
from matcher.training.own_posts import OwnPairs

SMALLEST_BATCH = 8
"""A language with fewer pairs teaches nothing."""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """How long, how hard, and how close to the start."""

    steps: int = 300
    batch: int = 512
    rate: float = 0.001
    scale: float = 15.0
    hold: float = 5.0
    seed: int = 7


def adapt(
    start: Floats, pairs: OwnPairs, how: Adaptation, report: Callable[[int, int, float], None] = lambda *_: None
) -> Floats:
    """
    A fine-tuned copy of the table `start` [V, d]; rows of tokens that no pair holds stay as they are.

    `report` hears (step, steps, loss). Raises InputError when no language has eight pairs.
    """
    import torch

    groups = _by_language(pairs.language)
    if not groups:
        raise InputError(
            f"only {len(pairs.left)} pairs of posts of one creator, or of captions and their hashtags; at least "
            f"{SMALLEST_BATCH} in one language are needed to adapt an encoder. Index more posts, or use the encoder "
            "as it is."
        )
    torch.manual_seed(how.seed)
    draw = np.random.default_rng(how.seed)
    before, table = torch.from_numpy(start), torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimiser = torch.optim.SparseAdam([table], lr=how.rate)
    shares = np.array([len(group) for group in groups]) / sum(len(group) for group in groups)
    for step in range(how.steps):
        group = groups[draw.choice(len(groups), p=shares)]
        chosen = draw.choice(group, size=min(how.batch, len(group)), replace=False)
        for settings in optimiser.param_groups:
            settings["lr"] = how.rate * (1 - step / how.steps)
        loss = _loss(table, before, pairs, chosen, how)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        report(step + 1, how.steps, float(loss.detach()))
    adapted: Floats = table.detach().numpy()
    return adapted


def _by_language(language: Integers) -> list[Integers]:
    groups = [np.flatnonzero(language == one) for one in np.unique(language)]
    return [group for group in groups if len(group) >= SMALLEST_BATCH]


def _loss(table: Any, before: Any, pairs: OwnPairs, chosen: Integers, how: Adaptation) -> Any:
    import torch
    from torch.nn.functional import cross_entropy, normalize

    sides = (pairs.left[chosen], pairs.right[chosen])
    a, b = (normalize(pool(table, pairs.bags, texts)) for texts in sides)
    with torch.no_grad():
        a_before, b_before = (normalize(pool(before, pairs.bags, texts)) for texts in sides)
    own = pairs.creator[chosen]
    same = torch.from_numpy(own[:, None] == own)
    same.fill_diagonal_(False)
    similarity = (how.scale * a @ b.T).masked_fill(same, -1e4)
    answers = torch.arange(len(chosen))
    contrast = (cross_entropy(similarity, answers) + cross_entropy(similarity.T, answers)) / 2
    moved = 2 - (a * a_before).sum(1).mean() - (b * b_before).sum(1).mean()
    turned = ((a @ b.T - a_before @ b_before.T) ** 2).mean()
    return contrast + how.hold * (moved + turned)
