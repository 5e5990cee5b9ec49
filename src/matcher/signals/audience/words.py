"""What the audience signal says of a creator, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.records import Shares
from matcher.records.audience import AGE_BANDS
from matcher.records.said import SEMICOLONS, SENTENCES, Said, Term, listed, say
from matcher.signals.audience.cells import Floats, Reached

SHOWN = 3
"""So many segments of a facet are named, the most wanted ones."""
DRAWN = 0.1
"""Where the prior counts for more than this, the note says that the shares are drawn towards it."""
LOSS_WORTH_SAYING = 0.01
"""A loss smaller than this is not mentioned."""
_PEOPLE = {"female": say("women"), "male": say("men"), "other": say("others")}
_MORE = "…"


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
    genuine: Floats,
    joint: JointWords | None = None,
) -> Callable[[int], Said]:
    """Position → the note: reached beside wanted shares, the target share and coverage, and what it rests on."""
    mixed = any(len(wanted) > 1 for wanted in target.values())
    told: dict[tuple[str, bool, bytes], Said] = {}

    def facet_words(facet: str, i: int) -> Said:
        """Where nothing is known, creators of one group have the same shares: they are worded once."""
        key = facet, bool(reached[facet].known[i]), reached[facet].shares[i].tobytes()
        if key not in told:
            told[key] = _facet(facet, target[facet], reached[facet], i)
        return told[key]

    @lru_cache(1024)
    def reaches(parts: tuple[Said, ...]) -> Said:
        return say("Reaches {parts}.", parts=listed(parts, SEMICOLONS))

    def note(i: int) -> Said:
        alone = list(target)
        parts = []
        if joint is not None and joint.known[i]:
            alone = [facet for facet in target if facet not in ("age", "gender")]
            parts.append(_cells(joint, i))
        parts += [facet_words(facet, i) for facet in alone]
        counted = [found for found in reached.values() if found.known[i]]
        drawn = any(found.people[i] - people[i] > DRAWN * found.people[i] for found in counted)
        sentences = (
            reaches(tuple(parts)),
            *_together(float(share[i]), float(coverage[i]), len(target) > 1, mixed),
            _basis(int(people[i]), bool(known[i]), int(status[i]), drawn),
            *_genuine(float(genuine[i])),
        )
        return listed(sentences, SENTENCES)

    return note


def _together(share: float, coverage: float, several: bool, mixed: bool) -> tuple[Said, ...]:
    """What all facets say together: of several ones the target share, of a mix that is wanted the coverage."""
    if several and mixed:
        return (
            say(
                "About {share:.0%} fit in every respect, covering {coverage:.0%} of the wanted mix.",
                share=share,
                coverage=coverage,
            ),
        )
    if several:
        return (say("About {share:.0%} fit in every respect.", share=share),)
    return (say("Covers {coverage:.0%} of the wanted mix.", coverage=coverage),) if mixed else ()


def _genuine(share: float) -> tuple[Said, ...]:
    """What the value loses for the people who are not genuine, where that is worth saying."""
    lost = 1.0 - share**0.5
    if lost < LOSS_WORTH_SAYING:
        return ()
    return (say("{share:.0%} of it count as genuine, which lowers the value by {lost:.0%}.", share=share, lost=lost),)


def _cells(joint: JointWords, i: int) -> Said:
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
    said: list[str] = [
        say(
            "{people} aged {ages} {reached:.0%} (wanted {wanted:.0%})",
            people=_PEOPLE.get(gender, gender),
            ages=_span(ages),
            reached=reached,
            wanted=asked,
        )
        for gender, ages, reached, asked in most
    ]
    return listed([*said, *([_MORE] if len(groups) > SHOWN else [])])


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


@lru_cache(1024)
def _basis(people: int, known: bool, status: int, drawn: bool) -> Said:
    if not known:
        if status:
            return say("No audience record: expected from creators like it.")
        return say("No audience record: what creators in general reach is taken.")
    if not people:
        return say("Sample size not stated.")
    if drawn:
        return say("Counted on {people:,} people, so few that what like creators reach counts too.", people=people)
    return say("Counted on {people:,} people.", people=people)


def _facet(facet: str, wanted: Shares, reached: Reached, i: int) -> Said:
    """One facet: what part of the audience each of the most wanted segments is, and what part the brief wants."""
    names = list(wanted)
    if len(names) == 1:
        said = _reached(facet, names[0], float(reached.shares[i, 0]))
    else:
        most = sorted(sorted(range(len(names)), key=lambda at: -wanted[names[at]])[:SHOWN])
        parts: list[str] = [
            say(
                "{segment} {reached:.0%} (wanted {wanted:.0%})",
                segment=_segment(facet, names[at]),
                reached=float(reached.shares[i, at]),
                wanted=wanted[names[at]],
            )
            for at in most
        ]
        said = listed([*parts, *([_MORE] if len(names) > SHOWN else [])])
    return said if reached.known[i] else say("{shares} (expected)", shares=said)


def _reached(facet: str, name: str, share: float) -> Said:
    """The part of an audience that is of one segment."""
    segment = _segment(facet, name)
    if facet == "country":
        return say("{share:.0%} in {segment}", share=share, segment=segment)
    if facet == "age":
        return say("{share:.0%} aged {segment}", share=share, segment=segment)
    if facet == "language":
        return say("{share:.0%} speaking {segment}", share=share, segment=segment)
    if facet == "interest":
        return say("{share:.0%} interested in {segment}", share=share, segment=segment)
    return say("{share:.0%} {segment}", share=share, segment=segment)


def _segment(facet: str, name: str) -> str:
    """A segment as a term, where readers know it by a name of their language."""
    return Term(name, facet) if facet in ("country", "language", "gender", "interest") else name
