"""The ladder of encoders on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from matcher.apps.cli.tables import console
from matcher.retrieval.encoders.check import EncoderCheck
from matcher.retrieval.encoders.check.sentences import LANGUAGES
from matcher.retrieval.encoders.coverage import covers
from matcher.retrieval.encoders.hub import ORGANISATION
from matcher.retrieval.encoders.ladder import Rung

_LEGEND = (
    "en … th: mean of the check's figures, which stand below; ✗ not covered; · covered, not loaded, so not checked.\n"
    "texts/s: a second of processor time. Dim: needs download, figures not measured (docs/choosing-encoder.md)."
)
_FIGURES = ("translations", "synonyms", "opposites", "tags")


def print_ladder(rungs: Sequence[Rung]) -> None:
    """One line per encoder, then the figures of those that were checked."""
    out = console()
    out.print(_overview(rungs))
    out.print(Text(_LEGEND, style="dim"))
    for rung in rungs:
        if rung.check is not None:
            out.print()
            out.print(Text(f"{rung.name}: {rung.check.single_text_ms:.1f} ms for one text", style="bold"))
            out.print(_figures(rung.check))


def _overview(rungs: Sequence[Rung]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("encoder", overflow="fold")
    table.add_column("where", no_wrap=True)
    for name in ("languages", "dims", "size", "texts/s", *LANGUAGES):
        table.add_column(name, justify="right", no_wrap=True)
    for rung in rungs:
        table.add_row(
            escape(rung.name.removeprefix(f"{ORGANISATION}/")),
            "needs download" if rung.where == "download" else rung.where,
            _known(None if rung.languages is None else len(rung.languages)),
            _known(rung.dimensions),
            "–" if rung.bytes is None else f"{rung.bytes / 1e6:,.0f} MB",
            "–" if rung.check is None else f"{rung.check.texts_per_s:,.0f}",
            *(_quality(rung, language) for language in LANGUAGES),
            style="dim" if rung.where == "download" else None,
        )
    return table


def _quality(rung: Rung, language: str) -> str:
    """The mean of the figures of a language, or whether it is covered at all."""
    if rung.check is not None:
        found = rung.check.of(language)
        return f"{found.mean:.2f}{'' if found.covered else ' ✗'}"
    return "–" if rung.languages is None else "·" if covers(rung.languages, language) else "✗"


def _figures(check: EncoderCheck) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("   language", no_wrap=True)
    for name in _FIGURES:
        table.add_column(name, justify="right", no_wrap=True)
    for figures in check.figures:
        values = (getattr(figures, name) for name in _FIGURES)
        cells = ["–" if value is None else f"{value:.3f}" for value in values]
        table.add_row(f"   {figures.language}{'' if figures.covered else ' ✗'}", *cells)
    return table


def _known(number: int | None) -> str:
    return "–" if number is None else str(number)
