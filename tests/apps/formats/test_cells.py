"""Cells that a spreadsheet does not run."""

from typing import Any

import pytest

from matcher.apps.formats.cells import safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\n=1", "\tname"])
def test_a_cell_never_runs_as_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["name", "a=b", "小美", -0.5, None, 3, ""])
def test_other_cells_stay_as_they_are(value: Any) -> None:
    assert safe_cell(value) == value
