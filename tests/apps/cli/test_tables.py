from io import StringIO

import pytest

from matcher.apps.cli.tables import _Console


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("\x1b[31mRED\x1b]0;own\x07", "[31mRED]0;own"),
        ("a\rb\x9bc", "abc"),
        ("ชื่อ ☕️", "ชื่อ ☕️"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_names_give_the_terminal_no_orders(name: str, wanted: str) -> None:
    written = StringIO()
    _Console(file=written, width=80).print(name, markup=False)
    assert written.getvalue() == f"{wanted}\n"


def test_own_styles_stay() -> None:
    written = StringIO()
    _Console(file=written, width=80, force_terminal=True, color_system="standard").print("[bold]x[/]")
    assert written.getvalue() == "\x1b[1mx\x1b[0m\n"
