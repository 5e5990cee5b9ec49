"""What every signal says of a set of creators: a value in [0, 1] each, where it came from, and how to word it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

KNOWN = 2
"""Code in snapshot.STATUSES from which a value was declared or measured, not guessed."""
GUESSED_PLACES = (0.02, 0.98)
"""Nobody is among the first or the last of its peers by a guess."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One signal over n creators."""

    signal: str
    value: NDArray[np.float64]
    """float64 [n] in [0, 1]."""
    status: NDArray[np.int8]
    """int8 [n]: codes of snapshot.STATUSES."""
    note: Callable[[int], str]
    """Position → one sentence that says what the value rests on; made only for the creators that are shown."""
    low: NDArray[np.float64] | None = None
    """float64 [n]: lower end of the value's 90 % interval, for the signals that can say it."""
    high: NDArray[np.float64] | None = None
    parts: NDArray[np.float64] | None = None
    """float64 [n, parts]: what the value is a function of, for the signals that learn its weights."""
    factor: NDArray[np.float64] | None = None
    """float64 [n]: what the value was lowered by, for the same signals."""
    most: NDArray[np.float64] | None = None
    """float64 [n]: the highest value there could be, whatever the creator did better; 1 for all by default."""
    per_relevance: NDArray[np.float64] | None = None
    """float64 [n]: by how much the value rises with each of relevance, for the signals that count as far as it goes."""
    figures: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    """Name → float64 [n]: further figures that belong to the value."""


def places(
    opinion: Opinion, groups: NDArray[Any], reference: NDArray[Any], reference_groups: NDArray[Any]
) -> NDArray[np.float64]:
    """
    The percentile of each creator among its group's reference values, as far as it is known; see `percentiles`.

    Where a value has an interval, the place is the one expected over it: that of the value and of both ends, 4 : 1 : 1
    (Gauss–Hermite with three points). Where the value is no more than an estimate, the place keeps off both ends.
    """
    own = percentiles(opinion.value, groups, reference, reference_groups)
    if opinion.low is not None and opinion.high is not None:
        ends = [percentiles(end, groups, reference, reference_groups) for end in (opinion.low, opinion.high)]
        own = (4.0 * own + ends[0] + ends[1]) / 6.0
    return np.where(opinion.status >= KNOWN, own, np.clip(own, *GUESSED_PLACES))


def percentiles(
    values: NDArray[Any], groups: NDArray[Any], reference: NDArray[Any], reference_groups: NDArray[Any], least: int = 20
) -> NDArray[np.float64]:
    """
    For each value the share of its group's reference values that lie below it, ties counted half.

    `values` [n] with their `groups` [n] stand against `reference` [m] with `reference_groups` [m]; a group with
    fewer than `least` reference values is compared with all of them. 0.5 where all of them are fewer than that: no
    place can be told among so few.
    """
    if len(reference) < max(least, 1):
        return np.full(len(values), 0.5)
    levels, level = np.unique(np.concatenate([reference, values]), return_inverse=True)
    theirs, own = level[: len(reference)], level[len(reference) :]
    base, their_base = groups.astype(np.int64) * len(levels), reference_groups.astype(np.int64) * len(levels)
    by_group = np.sort(their_base + theirs)
    first, end = np.searchsorted(by_group, base), np.searchsorted(by_group, base + len(levels))
    share = (_twice_below(by_group, base + own) - 2 * first) / np.maximum(2.0 * (end - first), 1)
    thin = end - first < least
    share[thin] = _twice_below(np.sort(theirs), own[thin]) / (2.0 * len(reference))
    return np.asarray(share, dtype=np.float64)


def _twice_below(ordered: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of the ordered numbers lie below each value, plus how many lie below or at it."""
    return np.searchsorted(ordered, values, side="left") + np.searchsorted(ordered, values, side="right")
