"""Shortlists, explanations and similar creators on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NoReturn

from rich.console import Console, ConsoleOptions
from rich.markup import escape
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from matcher.apps.cli.forecast_tables import forecast_table
from matcher.apps.cli.overlap_text import people, percent
from matcher.apps.cli.wrapping import wrapped
from matcher.apps.formats.words import followers, name_of, platforms, shortened, standing
from matcher.records import Brief, Caution, Contribution, Entry, Evidence, Shortlist
from matcher.records.explanation import Explanation, SimilarCreators
from matcher.records.overlap import Overlap
from matcher.signals.authenticity.words import in_words

_BADGE = {"measured": "  ", "estimated": " ~", "declared": " †", "absent": " ∅"}
_LEGEND = {"~": "~ estimated", "†": "† declared", "∅": "∅ not known: what is usual for like creators is taken"}
_NARROW = 118
"""Below so many columns the headings of the signals are cut, below _SLIM also platform and market are left out."""
_SLIM = 96
_INDENT = 3


_CONTROLS = dict.fromkeys((*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0)))
"""Every control character but the line feed: to a terminal they are orders."""


class _Console(Console):
    """A console that leaves a closed pipe to the door of the program, and takes no orders from what it prints."""

    def render(self, renderable: Any, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """What is printed, piece by piece: names and posts are other people's text, and may hold escape sequences."""
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(piece.text.translate(_CONTROLS), piece.style)

    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError


@cache
def console() -> Console:
    """The terminal; a pipe or a file gets lines of 120 columns."""
    found = _Console(highlight=False)
    return found if found.is_terminal else _Console(highlight=False, width=120)


def print_shortlist(brief: Brief, shortlist: Shortlist, details: int) -> None:
    """The brief, the ranking, the reasons for the first few, what to look at in the others, the funnel."""
    out = console()
    out.print(Text(f"Brief {brief.brief_id}", style="bold"))
    _print_text(shortened(brief.text, 400), 0, "italic")
    if shortlist.entries:
        out.print()
        out.print(_ranking(shortlist.entries, out.width))
        out.print(Text(_legend(shortlist.entries), style="dim"))
    for entry in shortlist.entries[:details]:
        out.print()
        out.print(Text(f"{entry.rank}. {name_of(entry)}  {entry.score:.3f}", style="bold"))
        _print_reasons(entry.contributions, entry.evidence)
        _print_cautions(entry.cautions)
    _print_others(shortlist.entries[details:])
    out.print()
    _print_text("Funnel: " + " → ".join(f"{s.step} {s.creators:,}" for s in shortlist.funnel), 0, "dim")
    for warning in shortlist.warnings:
        _print_text(f"Note: {warning}", 0, "yellow")


def _ranking(entries: Sequence[Entry], width: int) -> Table:
    """One line per creator, whatever the width: names give way first."""
    slim, narrow = width < _SLIM, width < _NARROW
    table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("creator", no_wrap=True, overflow="ellipsis", ratio=1)
    if not slim:
        table.add_column("platform", no_wrap=True)
    table.add_column("followers", justify="right", no_wrap=True)
    if not slim:
        table.add_column("market", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    for part in entries[0].contributions:
        table.add_column(f"{part.signal[:4]}. " if narrow else f"{part.signal}  ", justify="right", no_wrap=True)
    table.add_column("!", justify="right", style="yellow", no_wrap=True)
    for entry in entries:
        values = [f"{part.value:.2f}{_BADGE[part.status]}" for part in entry.contributions]
        where = [] if slim else [platforms(entry)]
        market = [] if slim else [entry.country or "–"]
        table.add_row(
            str(entry.rank), escape(name_of(entry)), *where, followers(entry), *market, f"{entry.score:.3f}", *values,
            str(len(entry.cautions) or ""),
        )  # fmt: skip
    return table


def _legend(entries: Sequence[Entry]) -> str:
    """What the marks mean that stand in the table."""
    marks = {_BADGE[part.status].strip() for entry in entries for part in entry.contributions}
    said = [words for mark, words in _LEGEND.items() if mark in marks]
    if any(entry.cautions for entry in entries):
        said.append("! things to look at, see below")
    return "   ".join(said) or "all values are measured"


def _print_reasons(parts: tuple[Contribution, ...], posts: tuple[Evidence, ...]) -> None:
    """Each part of the score as bar, sum and words; then the posts that show it."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for part in parts:
        bar = "█" * round(part.value * 10) + "░" * (10 - round(part.value * 10))
        said = ": ".join(filter(None, [standing(part), part.note]))
        sum_ = f"{part.value:.2f} × {part.weight:.2f} = {part.contribution:.3f}"
        table.add_row(part.signal, bar, sum_, escape(said[:1].upper() + said[1:]))
    console().print(Padding(table, (0, 0, 0, _INDENT), expand=False))
    for post in posts:
        _print_text(f"“{shortened(post.text, 200)}”", _INDENT, "italic")
        where = post.url or f"post {post.post_id}"
        _print_text(f"{post.language or 'language not known'} · similarity {post.similarity:.2f} · {where}", 5, "dim")


def _print_cautions(cautions: tuple[Caution, ...]) -> None:
    for caution in cautions:
        _print_text(f"! {caution.detail}", _INDENT, "yellow")


def _print_others(entries: Sequence[Entry]) -> None:
    """What to look at in the creators whose reasons are not shown."""
    if any(entry.cautions for entry in entries):
        console().print(Text("\nTo look at in the others", style="bold"))
    for entry in entries:
        for caution in entry.cautions:
            _print_text(f"{entry.rank}. {shortened(name_of(entry), 40)}: {caution.detail}", _INDENT, "yellow")


def _print_text(text: str, indent: int, style: str) -> None:
    out = console()
    out.print(Padding(Text(wrapped(text, out.width - indent), style=style), (0, 0, 0, indent), expand=False))


def print_explanation(explanation: Explanation) -> None:
    """The verdict, the filters that failed, the parts of the score, and what would change it."""
    out = console()
    name = f"{explanation.display_name or ''} ({explanation.creator_id})".strip()
    out.print(Text(f"{name} for brief {explanation.brief_id}", style="bold"))
    _print_text(explanation.verdict, 0, "default")
    for failed in explanation.failed_filters:
        _print_text(f"✗ {failed.step}: wanted {failed.wanted}; found {failed.found}", _INDENT, "red")
    out.print()
    _print_reasons(explanation.contributions, explanation.evidence)
    for change in explanation.changes:
        _print_text(f"→ {change.detail}", _INDENT, "cyan")
    if explanation.authenticity and not any(c.code == "authenticity_low" for c in explanation.cautions):
        _print_text(in_words(explanation.authenticity), _INDENT, "default")
    _print_cautions(explanation.cautions)
    if explanation.forecasts:
        out.print(Text("\nIts next post", style="bold"))
        out.print(Padding(forecast_table(explanation.forecasts), (0, 0, 0, _INDENT), expand=False))
    for warning in explanation.warnings:
        _print_text(f"Note: {warning}", 0, "yellow")


def print_similar(found: SimilarCreators) -> None:
    """A table of the creators that are alike."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("creator", no_wrap=True, overflow="ellipsis", max_width=32)
    for name, side in (("platform", "left"), ("followers", "right"), ("market", "left"), ("similarity", "right")):
        table.add_column(name, justify=side, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("rests on", no_wrap=True, overflow="ellipsis", max_width=34)
    for entry in found.entries:
        like: Any = entry
        table.add_row(
            str(entry.rank), escape(name_of(like)), platforms(like), followers(like), entry.country or "–",
            f"{entry.similarity:.3f}", escape(entry.note.removeprefix("on ")),
        )  # fmt: skip
    console().print(table)


def print_overlap(found: Overlap) -> None:
    """The group as a whole, its creators, and the matrix of what they share."""
    out = console()
    if found.total and found.unique:
        out.print(Text(f"Together {people(found.unique)} different people; {people(found.total)} in all", style="bold"))
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("creator", no_wrap=True, overflow="ellipsis", max_width=32)
    for title in ("people", "alone", "alone share"):
        table.add_column(title, justify="right", no_wrap=True)
    matrix = found.members[:_MATRIX]
    for number in range(len(matrix)):
        table.add_column(f"in {number + 1}", justify="right", no_wrap=True)
    for row, member in enumerate(found.members):
        cells = ("–" if row == column else percent(found.share(row, column)) for column in range(len(matrix)))
        numbers = people(member.people), people(member.alone), percent(member.alone_share)
        table.add_row(str(row + 1), escape(name_of(member)), *numbers, *cells)
    if found.members:
        out.print(table)
    if len(found.members) > _MATRIX:
        _print_text(f"The matrix shows the first {_MATRIX}; --format csv has all pairs.", 0, "dim")
    _print_text(found.note, 0, "dim")
    for warning in found.warnings:
        _print_text(f"Note: {warning}", 0, "yellow")


_MATRIX = 8
"""Columns of the matrix that a terminal has room for."""
