"""Lines in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from matcher.apps.cli.wrapping import wrapped


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("street food at night", 11, "street food\nat night", id="words"),
        pytest.param("輕量雙人帳與露營", 8, "輕量雙人\n帳與露營", id="Han takes two cells and breaks anywhere"),
        pytest.param("Ridgeway 推出輕量", 13, "Ridgeway 推出\n輕量", id="mixed"),
        pytest.param("輕量雙人，帳", 8, "輕量雙人，\n帳", id="no line begins with a comma"),
        pytest.param("แมวน้อย", 3, "แมว\nน้อย", id="a Thai mark stays on its letter"),
        pytest.param("", 8, "", id="nothing"),
    ],
)
def test_by_hand(text: str, width: int, expected: str) -> None:
    assert wrapped(text, width) == expected


@given(st.text(alphabet="ab 貓แม้，.\n"), st.integers(4, 30))
def test_nothing_is_lost_and_lines_fit(text: str, width: int) -> None:
    lines = wrapped(text, width).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert cell_len(line.rstrip("，.")) <= width
