"""A saved shortlist as a file: CSV and XLSX for spreadsheets, JSON for programs, Markdown to send on."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from pydantic import TypeAdapter

from matcher.apps.formats.cells import safe_cell
from matcher.apps.formats.markdown import inline, markdown
from matcher.apps.storage.records import Decision, SavedShortlist
from matcher.records import Brief, Shortlist
from matcher.records.plain import plain
from matcher.records.shortlist import flat_row

_SHORTLIST = TypeAdapter(Shortlist)
_MAX_CELL = 32_767
"""The longest text that a cell of a spreadsheet holds."""


def rows(saved: SavedShortlist) -> list[dict[str, Any]]:
    """One row per creator, with what was decided; text that a spreadsheet would run as a formula is quoted."""
    decided = {one.creator_id: one for one in saved.decisions}
    made = []
    for entry in _SHORTLIST.validate_python(saved.shortlist).entries:
        decision = decided.get(entry.creator_id, Decision(entry.creator_id, "shortlisted", "", "", ""))
        state = decision.state if entry.creator_id in decided else ""
        said = {"decision": state, "reason": decision.reason, "decision_note": decision.note}
        made.append({name: safe_cell(value) for name, value in (flat_row(entry) | said).items()})
    return made


def as_csv(saved: SavedShortlist) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    out, found = io.StringIO(newline=""), rows(saved)
    writer = csv.DictWriter(out, _columns(found), lineterminator="\r\n")  # so that both are quoted inside a cell
    writer.writeheader()
    writer.writerows(found)
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def as_xlsx(saved: SavedShortlist) -> bytes:
    """A workbook of plain cells: no formula, no link, whatever the texts say."""
    import xlsxwriter

    out, found = io.BytesIO(), rows(saved)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Shortlist")
        bold = book.add_format({"bold": True})
        columns = _columns(found)
        for at, name in enumerate(columns):
            sheet.write_string(0, at, name, bold)
        for line, row in enumerate(found, 1):
            for at, name in enumerate(columns):
                _write(sheet, line, at, row.get(name))
        sheet.freeze_panes(1, 3)
        about = book.add_worksheet("Brief")
        for line, (name, value) in enumerate(_about(saved)):
            about.write_string(line, 0, name, bold)
            _write(about, line, 1, safe_cell(value))
    return out.getvalue()


def as_json(saved: SavedShortlist) -> bytes:
    """All that is saved, but the token of its link."""
    document = plain(saved)
    del document["share_token"]
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def as_markdown(saved: SavedShortlist) -> bytes:
    """The shortlist as a page to read, with the decisions below it."""
    text = markdown(Brief.parse(saved.brief), _SHORTLIST.validate_python(saved.shortlist)).rstrip()
    note = f"\n\n{inline(saved.note)}" if saved.note else ""
    lines = [f"- {inline(one.creator_id)}: {one.state}" + "".join(f", {inline(t)}" for t in (one.reason, one.note) if t)
             for one in saved.decisions]  # fmt: skip
    decisions = "\n\n## Decisions\n\n" + "\n".join(lines) if lines else ""
    return f"{text}{note}{decisions}\n".encode("utf-8", "replace")


FORMS: dict[str, tuple[Callable[[SavedShortlist], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
    "md": (as_markdown, "text/markdown; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""Ending of the file → what writes it, and its media type."""


def disposition(saved: SavedShortlist, form: str) -> str:
    """The header that names the file: in plain letters, and in those of its name for programs that know RFC 6266."""
    spelt, own = (file_name(saved, form, ascii_only) for ascii_only in (True, False))
    return f'attachment; filename="{spelt}"' + (f"; filename*=UTF-8''{quote(own)}" if own != spelt else "")


def file_name(saved: SavedShortlist, form: str, ascii_only: bool = True) -> str:
    """A name of letters and digits, so that it can be no path and no header."""
    kept = "".join(
        letter if unicodedata.category(letter)[0] in "LMN" or letter in "-_" else " "
        for letter in (saved.name.encode("ascii", "replace").decode() if ascii_only else saved.name)
    )
    return f"{'-'.join(kept.split())[:80].strip('-') or 'shortlist'}.{form}"


def _columns(found: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in found for name in row)) or ["rank", "creator_id"]


def _write(sheet: Any, line: int, column: int, value: Any) -> None:
    if isinstance(value, bool) or value is None:
        sheet.write_string(line, column, "" if value is None else str(value).lower())
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, str(value).encode("utf-8", "replace").decode("utf-8")[:_MAX_CELL])


def _about(saved: SavedShortlist) -> list[tuple[str, str]]:
    return [
        ("name", saved.name),
        ("note", saved.note),
        ("brief", str(saved.brief.get("text", ""))),
        ("fields", json.dumps({k: v for k, v in saved.brief.items() if k != "text"}, ensure_ascii=False)),
        ("snapshot_id", str(saved.shortlist["snapshot_id"])),
        ("created_at", saved.created_at),
    ]
