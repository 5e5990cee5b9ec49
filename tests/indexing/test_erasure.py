"""The list of the erased names nobody and cannot be lost unnoticed."""

from pathlib import Path

import pytest

from matcher.errors import InputError
from matcher.indexing.erasure import Erased


def test_the_list(tmp_path: Path) -> None:
    assert "ann" not in Erased.load(tmp_path)
    Erased.load(tmp_path).with_ids(["ann", "台北"]).save(tmp_path)
    Erased.load(tmp_path).with_ids(["ben"]).save(tmp_path)
    found = Erased.load(tmp_path)
    assert all(creator_id in found for creator_id in ("ann", "台北", "ben"))
    assert "cat" not in found
    text = (tmp_path / "erased.json").read_text()
    assert "ann" not in text and "台北" not in text
    assert text.count("\n") == 7, "a line each"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"sha256": 5}', "\x00"])
def test_a_damaged_list_stops_everything(tmp_path: Path, content: str) -> None:
    (tmp_path / "erased.json").write_text(content)
    with pytest.raises(InputError, match=r"erased\.json cannot be read.*erased creators would come back"):
        Erased.load(tmp_path)
