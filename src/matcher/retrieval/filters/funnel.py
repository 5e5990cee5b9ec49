"""All filters of a brief one after the other, with how many creators each leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.records import Brief, FunnelStep
from matcher.retrieval.filters.bitmaps import Bitmap
from matcher.retrieval.filters.conditions import conditions
from matcher.retrieval.filters.exclusions import exclusions
from matcher.retrieval.filters.warnings import filter_warnings
from matcher.retrieval.index import Index

WANTED_PLATFORMS = "must.platforms"
"""The one step that others look at: a size (`followers`, `tiers`) is that of the accounts on the wanted platforms."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """Which creators a brief leaves, and what each step did."""

    allowed: Bitmap
    steps: dict[str, Bitmap]
    """Step → the creators that pass it, each step on its own."""
    funnel: tuple[FunnelStep, ...]
    warnings: tuple[str, ...]


def apply_filters(index: Index, brief: Brief) -> Filtered:
    """All `must` and `must_not` of a brief over all creators, in the order of the contract."""
    steps = {f"must.{name}": bitmap for name, bitmap in conditions(index, brief.must).items()}
    steps |= {f"must_not.{name}": ~bitmap for name, bitmap in exclusions(index, brief).items()}
    allowed = np.ones(len(index.creators), dtype=np.bool_)
    funnel = [FunnelStep("all", len(allowed))]
    for step, bitmap in steps.items():
        allowed = allowed & bitmap
        funnel.append(FunnelStep(step, int(np.count_nonzero(allowed))))
    return Filtered(allowed, steps, tuple(funnel), tuple(filter_warnings(index, brief, steps)))
