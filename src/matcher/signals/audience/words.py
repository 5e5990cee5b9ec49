"""What the audience signal says of a creator, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from matcher.records import Shares
from matcher.signals.audience.cells import Floats, Reached

SHOWN = 3
"""So many segments of a facet are named, the most wanted ones."""
DRAWN = 0.1
"""Where the prior counts for more than this, the note says that the shares are drawn towards it."""
_BEFORE = {"country": "in ", "age": "aged ", "language": "speaking ", "interest": "interested in "}


def audience_note(
    target: Mapping[str, Shares],
    reached: Mapping[str, Reached],
    people: NDArray[np.float32],
    known: NDArray[np.bool_],
    status: NDArray[np.int8],
    wanted_share: Floats,
) -> Callable[[int], str]:
    """Position → the note: reached beside wanted shares, the share wanted in every respect, and what it rests on."""

    def note(i: int) -> str:
        said = "; ".join(_facet(facet, wanted, reached[facet], i) for facet, wanted in target.items())
        every = f" About {wanted_share[i]:.0%} fit in every respect." if len(target) > 1 else ""
        counted = [found for found in reached.values() if found.known[i]]
        drawn = any(found.people[i] - people[i] > DRAWN * found.people[i] for found in counted)
        return f"Reaches {said}.{every} {_basis(int(people[i]), bool(known[i]), int(status[i]), drawn)}"

    return note


def _basis(people: int, known: bool, status: int, drawn: bool) -> str:
    if not known:
        return "No audience record: " + (
            "expected from its market and platform." if status else "what creators in general reach is taken."
        )
    if not people:
        return "Sample size not stated."
    few = ", so few that what like creators reach counts too" if drawn else ""
    return f"Counted on {people:,} people{few}."


def _facet(facet: str, wanted: Shares, reached: Reached, i: int) -> str:
    """One facet: what part of the audience each of the most wanted segments is, and what part the brief wants."""
    names = list(wanted)
    expected = "" if reached.known[i] else " (expected)"
    if len(names) == 1:
        return f"{reached.shares[i, 0]:.0%} {_BEFORE.get(facet, '')}{names[0]}{expected}"
    most = sorted(sorted(range(len(names)), key=lambda at: -wanted[names[at]])[:SHOWN])
    said = ", ".join(f"{names[at]} {reached.shares[i, at]:.0%} (wanted {wanted[names[at]]:.0%})" for at in most)
    return said + (", …" if len(names) > SHOWN else "") + expected
