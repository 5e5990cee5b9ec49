"""A model with prefixes: posts are embedded as passages, briefs as queries, and a change of them is noticed."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher.errors import SnapshotMismatch
from matcher.indexing import reindex
from matcher.matching import Matcher
from matcher.matching.query import make_queries
from matcher.records import Brief
from matcher.retrieval.encoders import load_encoder

from ..retrieval.encoders.test_prefixes import saved_model
from ..tiny import jsonl

pytestmark = pytest.mark.filterwarnings("ignore")  # what other people's packages warn of while loading

POSTS = {"p1": "tea", "p2": "cake", "p3": "tea cake tea"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of three posts; before a brief the model wants `cake`, before a post `tea`."""
    folder = tmp_path_factory.mktemp("prefixes")
    saved_model(folder / "model", prompts={"query": "cake ", "document": "tea "})
    jsonl(folder / "creators.jsonl", [{"creator_id": "c1", "bio": "cake"}, {"creator_id": "c2"}])
    rows = [{"post_id": i, "creator_id": f"c{1 + (i == 'p3')}", "text": text} for i, text in POSTS.items()]
    jsonl(folder / "posts.jsonl", rows)
    index(folder, folder / "model")
    return folder


def index(folder: Path, model: Path) -> Any:
    tables = (folder / "creators.jsonl", folder / "posts.jsonl", folder / "indexes")
    return reindex(*tables, encoder=str(model), progress=False)


def unit(*vector: float) -> Any:
    return np.array(vector) / np.linalg.norm(vector)


def test_posts_and_bios_are_passages(built: Path) -> None:
    found = Matcher.open(built / "indexes").index
    expected = {"p1": unit(6, 8), "p2": unit(-1, 7), "p3": unit(3 * 3 - 4, 3 * 4 + 3)}  # tea is (3, 4), cake (-4, 3)
    for row, post_id in enumerate(found.post_table.column("post_id").to_pylist()):
        np.testing.assert_allclose(found.post_vectors.gather(np.array([row]))[0], expected[post_id], atol=0.01)
    np.testing.assert_allclose(found.bio_vectors.gather(np.array([0]))[0], unit(-1, 7), atol=0.01)


def test_briefs_are_queries(built: Path) -> None:
    (query,) = make_queries([Brief(text="tea", language="en")], load_encoder(str(built / "model")))
    np.testing.assert_allclose(query.vectors[0], unit(-1, 7), atol=1e-6)


def test_a_match_compares_the_two(built: Path) -> None:
    found = Matcher.open(built / "indexes").match({"text": "tea", "language": "en"})
    similarity = {post.post_id: post.similarity for entry in found.entries for post in entry.evidence}
    assert similarity["p1"] == pytest.approx(unit(-1, 7) @ unit(6, 8), abs=0.01)  # "cake tea" and "tea tea"
    assert similarity["p3"] == pytest.approx(unit(-1, 7) @ unit(5, 15), abs=0.01)


def test_creators_are_compared_as_passages(built: Path) -> None:
    c1 = unit(*(unit(6, 8) + unit(-1, 7) + unit(-1, 7)))
    found = Matcher.open(built / "indexes").similar("c1")
    assert found.entries[0].similarity == pytest.approx(float(c1 @ unit(5, 15)), abs=0.01)


def test_other_prefixes_are_another_encoder(built: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(built / "model", tmp_path / "model"))
    (other / "matcher.json").write_text(json.dumps({"prefixes": {"query": "cake "}, "languages": ["en"]}))
    with pytest.raises(SnapshotMismatch, match=f"reindex.*--encoder {other}"):
        Matcher.open(built / "indexes", encoder=str(other))
    copied = Path(shutil.copytree(built, tmp_path / "world"))
    assert index(copied, other).counts["embedded"] == 3
    assert index(copied, other).counts["embedded"] == 0
