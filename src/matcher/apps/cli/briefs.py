"""Briefs as they are named on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from matcher.apps.cli.understood import as_conditions
from matcher.errors import BriefError
from matcher.records import Brief


def read(source: str | None, text: str | None = None, understood: bool = False) -> list[Brief]:
    """
    The briefs of a file, of stdin (`-`) or of plain text; raises BriefError when there is none.

    `understood` takes the conditions that a plain text names over into the brief.
    """
    if understood and text is None:
        raise BriefError("--understood reads a brief in words: give it with --text; a file says its conditions itself")
    if text is not None and source is None:
        return [as_conditions(text) if understood else Brief.parse({"text": text})]
    if source is None or text is not None:
        raise BriefError('name one brief: a file, - for stdin, or --text "…"')
    if source == "-":
        return many(sys.stdin.read(), "stdin")
    path = Path(source)
    if not path.is_file():
        raise BriefError(
            f"{source} is not a file; a brief in words goes to `matcher match --text`, or as JSON with a text through -"
        )
    if path.suffix == ".jsonl":
        try:
            return many(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise BriefError(f"{path} cannot be read: {error}") from None
    return [Brief.from_file(path)]


def one(source: str | None, text: str | None = None) -> Brief:
    """The only brief of a source; raises BriefError when there are several."""
    briefs = read(source, text)
    if len(briefs) != 1:
        raise BriefError(f"{source} holds {len(briefs)} briefs; this command takes one")
    return briefs[0]


def many(text: str, source: str) -> list[Brief]:
    """Briefs from text: one JSON or YAML document, or one JSON object a line."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise BriefError(f"{source} is empty; a brief needs at least a text")
    if len(lines) > 1 and all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for _, line in lines):
        return [Brief.from_text(line, f"{source}, line {number}") for number, line in lines]
    if source.endswith(".jsonl"):
        return [Brief.from_text(line, f"{source}, line {number}") for number, line in lines]
    return [Brief.from_text(text, source)]
