"""Shortlists as people and programs read them: table, JSON, JSON lines, CSV, Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import click

from matcher.records import Brief, Shortlist
from matcher.records.shortlist import Entry, flat_row


def render(brief: Brief, shortlist: Shortlist, form: str, details: int) -> None:
    """Print a shortlist in one of the formats to stdout."""
    if form == "table":
        from matcher.apps.cli.tables import print_shortlist

        print_shortlist(brief, shortlist, details)
    else:
        click.echo(_WRITERS[form](shortlist), nl=False)


def _json(shortlist: Shortlist) -> str:
    return shortlist.to_json(indent=2) + "\n"


def _jsonl(shortlist: Shortlist) -> str:
    return shortlist.to_json() + "\n"


def _csv(shortlist: Shortlist) -> str:
    out = io.StringIO()
    rows = [{"brief_id": shortlist.brief_id} | flat_row(entry) for entry in shortlist.entries]
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def safe_cell(value: Any) -> Any:
    """A cell that a spreadsheet will not run as a formula: names and bios are other people's text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _markdown(shortlist: Shortlist) -> str:
    lines = [f"# Shortlist for {_inline(shortlist.brief_id)}", ""]
    lines += ["| # | creator | platform | followers | market | score | " + " | ".join(_signals(shortlist)) + " |"]
    lines += ["|---|---|---|---|---|---|" + "---|" * len(_signals(shortlist))]
    for entry in shortlist.entries:
        values = [f"{part.value:.2f}{_mark(part.status)}" for part in entry.contributions]
        cells = [str(entry.rank), _inline(name_of(entry)), ", ".join(entry.platforms), followers(entry),
                 entry.country or "–", f"{entry.score:.3f}", *values]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    for entry in shortlist.entries:
        lines += ["", f"## {entry.rank}. {_inline(name_of(entry))}", ""]
        lines += [f"- **{part.signal}** {part.value:.2f}: {_inline(part.note)}" for part in entry.contributions]
        lines += [f"- post `{post.post_id}`: {_inline(post.text)}" for post in entry.evidence]
        lines += [f"- ⚠ {caution.detail}" for caution in entry.cautions]
    lines += ["", "Funnel: " + " → ".join(f"{step.step} {step.creators:,}" for step in shortlist.funnel)]
    lines += [f"> {_inline(warning)}" for warning in shortlist.warnings]
    return "\n".join(lines) + "\n"


def name_of(entry: Entry) -> str:
    """How a creator is called in a list: name and handle, or the id."""
    handle = f"@{entry.handle}" if entry.handle else ""
    return " ".join(filter(None, [entry.display_name, handle])) or entry.creator_id


def followers(entry: Entry) -> str:
    """Followers in short: 950, 12.3k, 1.2M; – where they are not known."""
    count = entry.followers
    if count is None:
        return "–"
    if count < 1_000:
        return str(count)
    return f"{count / 1e3:.1f}k" if count < 1_000_000 else f"{count / 1e6:.1f}M"


def _signals(shortlist: Shortlist) -> list[str]:
    return [part.signal for part in shortlist.entries[0].contributions] if shortlist.entries else []


def _mark(status: str) -> str:
    return {"estimated": " (est.)", "declared": " (decl.)", "absent": " (prior)"}.get(status, "")


def _inline(text: str) -> str:
    """Text that stays inside one Markdown cell."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "'")


_WRITERS: dict[str, Callable[[Shortlist], str]] = {"json": _json, "jsonl": _jsonl, "csv": _csv, "md": _markdown}
