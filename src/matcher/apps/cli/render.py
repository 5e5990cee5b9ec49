"""Shortlists as people and programs read them: table, JSON, JSON lines, CSV, Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any

import click

from matcher.apps.formats.cells import safe_cell
from matcher.apps.formats.markdown import markdown
from matcher.records import Brief, Shortlist
from matcher.records.shortlist import flat_row

Pairs = Iterable[tuple[Brief, Shortlist]]


def render(pairs: Pairs, form: str, details: int, many: bool) -> None:
    """Print shortlists in one of the formats to stdout, each as soon as it is there; `many` if several may come."""
    if form == "table":
        _tables(pairs, details)
    elif form == "json" and many:
        click.echo(json.dumps([shortlist.to_dict() for _, shortlist in pairs], ensure_ascii=False, indent=2))
    elif form == "csv":
        _csv(pairs)
    else:
        for brief, shortlist in pairs:
            click.echo(_WRITERS[form](brief, shortlist))


def _tables(pairs: Pairs, details: int) -> None:
    from matcher.apps.cli.tables import console, print_shortlist

    for number, (brief, shortlist) in enumerate(pairs):
        if number:
            console().rule(style="dim")
        print_shortlist(brief, shortlist, details)


SIGNALS = ("relevance", "audience", "engagement", "preferences")
COLUMNS = [
    "brief_id", "rank", "creator_id", "display_name", "handle", "platforms", "followers", "country", "languages",
    "score", *(f"{s}_{f}" for s in SIGNALS for f in ("value", "contribution", "percentile", "status")),
    "evidence_post_ids", "cautions",
]  # fmt: skip
"""Columns of the CSV, the same for every brief: one header, then the entries of all shortlists."""


def _csv(pairs: Pairs) -> None:
    _csv_lines([dict(zip(COLUMNS, COLUMNS, strict=True))])
    for _, shortlist in pairs:
        _csv_lines([{"brief_id": shortlist.brief_id} | flat_row(entry) for entry in shortlist.entries])


def _csv_lines(rows: list[dict[str, Any]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in rows)
    click.echo(out.getvalue(), nl=False)


_WRITERS: dict[str, Callable[[Brief, Shortlist], str]] = {
    "json": lambda _, shortlist: shortlist.to_json(indent=2),
    "jsonl": lambda _, shortlist: shortlist.to_json(),
    "md": markdown,
}
