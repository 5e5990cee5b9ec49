"""Opening, refreshing, and the wrong encoder."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from matcher.errors import NoSnapshot, SnapshotError, SnapshotMismatch
from matcher.indexing import reindex
from matcher.matching import Matcher
from matcher.retrieval.encoders import load_encoder


def test_nothing_has_been_indexed_yet(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot, match=r"holds no index yet\.\nMake one:  matcher reindex"):
        Matcher.open(tmp_path)


def test_a_snapshot_that_is_not_there(small_index: Any) -> None:
    with pytest.raises(SnapshotError, match="holds no snapshot 'gone'"):
        Matcher.open(small_index.indexes, snapshot="gone")


def test_a_snapshot_by_its_id(small_index: Any, matcher: Matcher) -> None:
    assert Matcher.open(small_index.indexes, snapshot=matcher.snapshot_id).snapshot_id == matcher.snapshot_id


def test_another_encoder_is_refused_with_the_way_out(small_index: Any, another_encoder: Path) -> None:
    with pytest.raises(SnapshotMismatch) as error:
        Matcher.open(small_index.indexes, encoder=str(another_encoder))
    message = str(error.value)
    assert "was built with encoder 'tiny'" in message and "this matcher uses 'other'" in message
    assert "Rebuild it:  matcher reindex" in message and "or open it with its own encoder" in message


def test_an_open_index_outlives_its_folder(small_index: Any, matcher: Matcher, tmp_path: Path) -> None:
    shutil.copytree(small_index.indexes, tmp_path / "indexes")
    opened = Matcher.open(tmp_path / "indexes", encoder=str(small_index.encoder))
    shutil.rmtree(tmp_path / "indexes")
    people = {"country": {"TW": 1.0}, "gender": {"female": 0.7}}
    brief = {"text": "skincare for dry skin", "target_audience": people, "must_not": {"keywords": ["vape"]}}
    ids = [entry.creator_id for entry in matcher.match(brief, k=3).entries]
    assert [entry.creator_id for entry in opened.match(brief, k=3).entries] == ids
    assert opened.explain(brief, ids[0]).to_dict() == matcher.explain(brief, ids[0]).to_dict()
    assert opened.overlap(ids).to_dict() == matcher.overlap(ids).to_dict()
    assert opened.forecast(ids).to_dict() == matcher.forecast(ids).to_dict()
    for by in ("content", "audience"):
        assert opened.similar(ids[:1], by=by).to_dict() == matcher.similar(ids[:1], by=by).to_dict()


def test_an_encoder_object_is_taken_as_it_is(small_index: Any) -> None:
    encoder = load_encoder(str(small_index.encoder))
    assert len(Matcher.open(small_index.indexes, encoder=encoder).match("tea", k=2)) == 2


def test_refresh_moves_on_while_matches_run(matcher_of: Any) -> None:
    matcher = matcher_of([{"creator_id": "c1", "bio": "tea"}], [])
    indexes = matcher.index.folder.parent
    first = matcher.snapshot_id
    assert matcher.refresh() is False
    seen: set[tuple[str, int]] = set()
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            found = matcher.match("tea")
            seen.add((found.snapshot_id, len(found)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    creators = indexes.parent / "creators.jsonl"
    creators.write_text('{"creator_id": "c1", "bio": "tea"}\n{"creator_id": "c2", "bio": "tea"}\n', "utf-8")
    encoder = matcher.index.manifest.settings["encoder"]
    reindex(creators, indexes.parent / "posts.jsonl", indexes, encoder=encoder, progress=False)
    assert matcher.snapshot_id == first and len(matcher.match("tea")) == 1
    assert matcher.refresh() is True
    assert len(matcher.match("tea")) == 2
    stop.set()
    for thread in threads:
        thread.join()
    assert matcher.snapshot_id != first and matcher.refresh() is False
    assert seen <= {(first, 1), (matcher.snapshot_id, 2)}


def test_the_old_snapshot_can_still_be_opened(matcher_of: Any) -> None:
    matcher = matcher_of([{"creator_id": "c1", "bio": "tea"}], [])
    indexes, first = matcher.index.folder.parent, matcher.snapshot_id
    encoder = matcher.index.manifest.settings["encoder"]
    reindex(indexes.parent / "creators.jsonl", indexes.parent / "posts.jsonl", indexes, encoder=encoder,
            progress=False)  # fmt: skip
    assert Matcher.open(indexes).snapshot_id != first
    assert Matcher.open(indexes, snapshot=first).snapshot_id == first
