"""Shortlists, explanations and similar creators on a terminal."""

from __future__ import annotations

from functools import cache
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matcher.apps.cli.render import followers, name_of
from matcher.records import Brief, Contribution, Evidence, Shortlist
from matcher.records.explanation import Explanation, SimilarCreators

_BADGE = {"measured": "", "estimated": " ~", "declared": " †", "absent": " ∅"}
_LEGEND = "~ estimated   † declared   ∅ not known, the usual value of like creators is taken"


@cache
def console() -> Console:
    """The terminal, at least 100 columns wide, so that a pipe gets readable lines too."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=120)


def print_shortlist(brief: Brief, shortlist: Shortlist, details: int) -> None:
    """The brief, the ranking, the reasons for the first few, the funnel and the warnings."""
    out = console()
    out.print(
        Text(f"Brief {brief.brief_id}", style="bold"), Text(_shortened(brief.text, 400), style="italic"), sep="\n"
    )
    if shortlist.entries:
        out.print(_ranking(shortlist))
        out.print(Text(_LEGEND, style="dim"))
    for entry in shortlist.entries[:details]:
        out.print()
        out.print(Text(f"{entry.rank}. {name_of(entry)}  {entry.score:.3f}", style="bold"))
        _print_reasons(entry.contributions, entry.evidence)
        for caution in entry.cautions:
            out.print(Padding(Text(f"! {caution.detail}", style="yellow"), (0, 3)))
    out.print()
    out.print(Text("Funnel: " + " → ".join(f"{s.step} {s.creators:,}" for s in shortlist.funnel), style="dim"))
    for warning in shortlist.warnings:
        out.print(Text(f"Note: {warning}", style="yellow"))


def _ranking(shortlist: Shortlist) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("#", "creator", "platform", "followers", "market", "score"):
        table.add_column(
            name, justify="right" if name in ("#", "followers", "score") else "left", no_wrap=name != "creator"
        )
    for part in shortlist.entries[0].contributions:
        table.add_column(part.signal, justify="right", no_wrap=True)
    table.add_column("look at", style="yellow")
    for entry in shortlist.entries:
        values = [f"{part.value:.2f}{_BADGE[part.status]}" for part in entry.contributions]
        table.add_row(
            str(entry.rank), escape(_shortened(name_of(entry), 40)), ", ".join(entry.platforms), followers(entry),
            entry.country or "–", f"{entry.score:.3f}", *values, ", ".join(c.code for c in entry.cautions),
        )  # fmt: skip
    return table


def _print_reasons(parts: tuple[Contribution, ...], posts: tuple[Evidence, ...]) -> None:
    out = console()
    for part in parts:
        bar = "█" * round(part.value * 10) + "░" * (10 - round(part.value * 10))
        above = f"above {part.percentile:.0%} of like creators"
        product = f"{part.value:.2f} × {part.weight:.2f} = {part.contribution:.3f}"
        line = f"{part.signal:<11} {bar} {product}  {above}. {part.note}"
        out.print(Padding(Text(line), (0, 3)))
    for post in posts:
        where = f"  ({post.language or 'language not known'}, {post.similarity:.2f}, {post.post_id})"
        out.print(Padding(Text.assemble(("“" + _shortened(post.text, 200) + "”", "italic"), (where, "dim")), (0, 3)))


def print_explanation(explanation: Explanation) -> None:
    """The verdict, the filters that failed, the parts of the score, and what would change it."""
    out = console()
    name = f"{explanation.display_name or ''} ({explanation.creator_id})".strip()
    out.print(Text(f"{name} for brief {explanation.brief_id}", style="bold"))
    out.print(Text(explanation.verdict))
    for failed in explanation.failed_filters:
        out.print(Padding(Text(f"✗ {failed.step}: wanted {failed.wanted}; found {failed.found}", style="red"), (0, 3)))
    _print_reasons(explanation.contributions, explanation.evidence)
    for change in explanation.changes:
        out.print(Padding(Text(f"→ {change.detail}", style="cyan"), (0, 3)))
    for caution in explanation.cautions:
        out.print(Padding(Text(f"! {caution.detail}", style="yellow"), (0, 3)))
    for warning in explanation.warnings:
        out.print(Text(f"Note: {warning}", style="yellow"))


def print_similar(found: SimilarCreators) -> None:
    """A table of the creators that are alike."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("#", "creator", "platform", "followers", "market", "similarity", "rests"):
        table.add_column(name, justify="right" if name in ("#", "followers", "similarity") else "left")
    for entry in found.entries:
        similar: Any = entry
        table.add_row(
            str(entry.rank), escape(_shortened(name_of(similar), 40)), ", ".join(entry.platforms), followers(similar),
            entry.country or "–", f"{entry.similarity:.3f}", entry.note,
        )  # fmt: skip
    console().print(table)


def _shortened(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
