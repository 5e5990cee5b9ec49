"""What a reindex is asked to do, checked before anything is done."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from matcher.errors import InputError
from matcher.indexing import ReindexSettings
from matcher.indexing.reindex import new_id


def settings(**options: Any) -> ReindexSettings:
    return ReindexSettings(creators="c.csv", posts="p.csv", indexes=Path("indexes"), **options)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param(datetime(2026, 1, 2, 3), datetime(2026, 1, 2, 3, tzinfo=UTC), id="no zone is UTC"),
        pytest.param(
            datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=8))), datetime(2026, 1, 1, 19, tzinfo=UTC),
            id="another zone",
        ),
    ],
)  # fmt: skip
def test_as_of(as_of: datetime, expected: datetime) -> None:
    assert settings(as_of=as_of).as_of == expected
    assert settings(as_of=as_of).as_of.tzinfo == UTC


@pytest.mark.parametrize("options", [{"keep": 0}, {"wait_s": -1.0}])
def test_impossible(options: dict[str, Any]) -> None:
    (name,) = options
    with pytest.raises(InputError, match=name):
        settings(**options)


def test_a_model_folder_is_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("model").mkdir()
    assert settings(encoder="model").encoder == str(tmp_path / "model")
    assert settings(encoder="someone/model").encoder == "someone/model"


def test_tables() -> None:
    assert settings(comments="x.csv").tables() == {"creators": "c.csv", "posts": "p.csv", "comments": "x.csv"}


def test_ids_are_in_order() -> None:
    start = datetime(2026, 11, 22, 23, 59, 59, 999_000, tzinfo=UTC)
    ids = [new_id(start + timedelta(microseconds=step)) for step in range(0, 2_000, 100)]
    assert ids == sorted(ids)
    assert ids[0].startswith("20261122T235959Z-")
