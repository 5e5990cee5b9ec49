"""What the audience signal says of a creator, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.records import Shares
from matcher.records.audience import AGE_BANDS
from matcher.signals.audience.cells import Floats, Reached

SHOWN = 3
"""So many segments of a facet are named, the most wanted ones."""
DRAWN = 0.1
"""Where the prior counts for more than this, the note says that the shares are drawn towards it."""
_PEOPLE = {"female": "women", "male": "men", "other": "others"}
_BEFORE = {"country": "in ", "age": "aged ", "language": "speaking ", "interest": "interested in "}


class JointWords(NamedTuple):
    """Age × gender of n creators for the note."""

    known: NDArray[np.bool_]
    cells: Floats
    """float64 [n, cells]: reached shares of the wanted cells."""
    wanted: Shares
    """Cell, such as 18-24|female → wanted share."""


def audience_note(
    target: Mapping[str, Shares],
    reached: Mapping[str, Reached],
    people: NDArray[np.float32],
    known: NDArray[np.bool_],
    status: NDArray[np.int8],
    share: Floats,
    coverage: Floats,
    joint: JointWords | None = None,
) -> Callable[[int], str]:
    """Position → the note: reached beside wanted shares, the target share and coverage, and what it rests on."""
    mixed = any(len(wanted) > 1 for wanted in target.values())

    def note(i: int) -> str:
        alone = list(target)
        parts = []
        if joint is not None and joint.known[i]:
            alone = [facet for facet in target if facet not in ("age", "gender")]
            parts.append(_cells(joint, i))
        parts += [_facet(facet, target[facet], reached[facet], i) for facet in alone]
        every = f" About {share[i]:.0%} fit in every respect" if len(target) > 1 else ""
        covered = f"{', covering' if every else ' Covers'} {coverage[i]:.0%} of the wanted mix" if mixed else ""
        stop = "." if every or covered else ""
        counted = [found for found in reached.values() if found.known[i]]
        drawn = any(found.people[i] - people[i] > DRAWN * found.people[i] for found in counted)
        rests = _basis(int(people[i]), bool(known[i]), int(status[i]), drawn)
        return f"Reaches {'; '.join(parts)}.{every}{covered}{stop} {rests}"

    return note


def _cells(joint: JointWords, i: int) -> str:
    """The wanted cells of age × gender, successive bands together: women aged 18-34 62% (wanted 50%)."""
    groups: list[tuple[str, list[str], float, float]] = []
    for place, (cell, wanted) in sorted(enumerate(joint.wanted.items()), key=lambda c: _by_gender(c[1][0])):
        age, gender = cell.split("|")
        share = float(joint.cells[i, place])
        if groups and groups[-1][0] == gender and _follows(groups[-1][1][-1], age):
            name, ages, reached, asked = groups[-1]
            groups[-1] = (name, [*ages, age], reached + share, asked + wanted)
        else:
            groups.append((gender, [age], share, wanted))
    most = sorted(groups, key=lambda group: -group[3])[:SHOWN]
    said = ", ".join(
        f"{_PEOPLE.get(gender, gender)} aged {_span(ages)} {reached:.0%} (wanted {asked:.0%})"
        for gender, ages, reached, asked in most
    )
    return said + (", …" if len(groups) > SHOWN else "")


def _by_gender(cell: str) -> tuple[str, str]:
    age, gender = cell.split("|")
    return gender, age


def _follows(band: str, after: str) -> bool:
    return AGE_BANDS.index(after) == AGE_BANDS.index(band) + 1


def _span(ages: list[str]) -> str:
    last = ages[-1]
    if len(ages) == 1:
        return last
    first = ages[0].split("-")[0]
    return f"{first}+" if last.endswith("+") else f"{first}-{last.split('-')[1]}"


def _basis(people: int, known: bool, status: int, drawn: bool) -> str:
    if not known:
        return "No audience record: " + (
            "expected from creators like it." if status else "what creators in general reach is taken."
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
