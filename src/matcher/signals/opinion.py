"""What every signal says of a set of creators: a value in [0, 1] each, where it came from, and how to word it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


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


def percentiles(
    values: NDArray[Any], groups: NDArray[Any], reference: NDArray[Any], reference_groups: NDArray[Any], least: int = 20
) -> NDArray[np.float64]:
    """
    For each value the share of its group's reference values that lie below it, ties counted half.

    `values` [n] with their `groups` [n] stand against `reference` [m] with `reference_groups` [m]; a group with
    fewer than `least` reference values is compared with all of them. 0.5 where there is no reference at all.
    """
    out = np.full(len(values), 0.5)
    everyone = np.sort(reference)
    for group in np.unique(groups):
        chosen = groups == group
        own = np.sort(reference[reference_groups == group])
        scale = own if len(own) >= least else everyone
        if len(scale):
            below = np.searchsorted(scale, values[chosen], side="left")
            upto = np.searchsorted(scale, values[chosen], side="right")
            out[chosen] = (below + upto) / (2.0 * len(scale))
    return out
