"""An overlap as CSV, a row for every pair and creator, and as Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from matcher.apps.formats.cells import safe_cell
from matcher.apps.formats.markdown import inline
from matcher.apps.formats.words import name_of
from matcher.records.overlap import Estimate, Overlap

COLUMNS = ("kind", "first", "second", "people", "low", "high", "share_of_first", "share_of_second", "basis", "status")
"""`kind`: total, unique, people (of one creator), alone (whom no other reaches) or shared (by a pair)."""


def as_csv(overlap: Overlap) -> str:
    """All numbers, one a row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _rows(overlap):
        writer.writerow([safe_cell("" if value is None else value) for value in (*row, overlap.basis, overlap.status)])
    return out.getvalue()


def _rows(overlap: Overlap) -> Iterator[tuple[Any, ...]]:
    for kind, estimate in (("total", overlap.total), ("unique", overlap.unique)):
        if estimate:
            yield kind, None, None, estimate.value, estimate.low, estimate.high, None, None
    for member in overlap.members:
        for kind, estimate, share in (("people", member.people, None), ("alone", member.alone, member.alone_share)):
            yield kind, member.creator_id, None, estimate.value, estimate.low, estimate.high, share, None
    for pair in overlap.pairs:
        people, shares = pair.shared, (pair.share_of_first, pair.share_of_second)
        yield "shared", pair.first, pair.second, people.value, people.low, people.high, *shares


def as_markdown(overlap: Overlap) -> str:
    """The group, its creators, and the matrix."""
    lines = ["# Overlap", "", overlap.note, *(f"\nNote: {inline(warning)}" for warning in overlap.warnings)]
    if overlap.total and overlap.unique:
        lines += ["", f"Together **{people(overlap.unique)}** different people; {people(overlap.total)} in all."]
    names = [inline(name_of(member)) for member in overlap.members]
    if names:
        lines += ["", "| creator | people | alone | alone share |", "|---|--:|--:|--:|"]
        lines += [
            f"| {label} | {people(m.people)} | {people(m.alone)} | {percent(m.alone_share)} |"
            for label, m in zip(names, overlap.members, strict=True)
        ]
        lines += [
            "",
            "| of the people of … | also reached by " + " | ".join(names) + " |",
            "|---" * (len(names) + 1) + "|",
        ]
        for i, label in enumerate(names):
            cells = (percent(overlap.share(i, j)) if i != j else "–" for j in range(len(names)))
            lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", f"*Index `{overlap.snapshot_id}`.*"]) + "\n"


def people(estimate: Estimate) -> str:
    """A number of people, with its ends where it is not exact."""
    if estimate.low == estimate.high:
        return f"{estimate.value:,.0f}"
    return f"{estimate.value:,.0f} ({estimate.low:,.0f}–{estimate.high:,.0f})"


def percent(share: float | None) -> str:
    """A share as whole percent."""
    return "–" if share is None else "<1%" if 0 < share < 0.005 else f"{share:.0%}"
