"""Cells of a spreadsheet."""

from __future__ import annotations

from typing import Any


def safe_cell(value: Any) -> Any:
    """A cell that a spreadsheet will not run as a formula: names and bios are other people's text."""
    risky = isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@"))
    return f"'{value}" if risky or (isinstance(value, str) and value.startswith(("\t", "\r", "\n"))) else value
