"""Small tables that a test can spoil in one place."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from matcher.catalog import Catalog

Row = dict[str, Any]
CREATOR: Row = {"creator_id": "c1", "platform": "instagram", "handle": "ann", "followers": 1200, "country": "TW"}
POST: Row = {
    "post_id": "p1",
    "creator_id": "c1",
    "platform": "instagram",
    "published_at": "2026-05-01T08:30:00Z",
    "text": "hi",
}
Opener = Callable[..., Catalog]


def jsonl(rows: Sequence[Row | str]) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)


@pytest.fixture
def open_catalog(tmp_path: Path) -> Opener:
    """Open a catalog of the given rows (lists become JSONL files); every bad share is allowed unless said."""

    def opener(max_reject_share: float = 1.0, **sources: Any) -> Catalog:
        for name, rows in {"creators": [CREATOR], "posts": [POST], **sources}.items():
            if isinstance(rows, list):
                path = tmp_path / f"{name}.jsonl"
                path.write_text(jsonl(rows), "utf-8")
                rows = path
            sources[name] = rows
        return Catalog.open(**sources, rejects=tmp_path / "out" / "rejects.jsonl", max_reject_share=max_reject_share)

    return opener


@pytest.fixture
def rejects(tmp_path: Path) -> Callable[[Catalog], list[Row]]:
    """Close a catalog and return its rejects."""

    def read(catalog: Catalog) -> list[Row]:
        catalog.close()
        text = (tmp_path / "out" / "rejects.jsonl").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]

    return read


def rows_of(batches: Any) -> list[Row]:
    return [row for batch in batches for row in batch.to_pylist()]
