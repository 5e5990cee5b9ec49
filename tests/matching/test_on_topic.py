"""The warning that an index holds nothing about a brief: its figures by hand, and when it keeps silent."""

from pathlib import Path

import numpy as np
import pytest

from matcher.demo import write_world
from matcher.matching import Matcher, on_topic
from matcher.matching.answer import Answer, answer
from matcher.matching.on_topic import Presence, presence, topic_warnings
from matcher.matching.query import make_queries
from matcher.records import Brief
from matcher.records.brief import Exclusions
from matcher.retrieval.encoders import load_encoder
from matcher.signals.relevance import PRIOR_POSTS
from matcher.signals.trade import trade_data

from ..tiny import Row, jsonl


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    from matcher import reindex

    folder = tmp_path_factory.mktemp("tea")
    creators: list[Row] = [{"creator_id": name, "display_name": name, "bio": ""} for name in ("ann", "ben", "cat")]
    texts = {"ann": "oolong tea and green tea", "ben": "green tea and oolong tea", "cat": "football goals"}
    posts: list[Row] = [{"post_id": name, "creator_id": name, "text": text} for name, text in texts.items()]
    reindex(
        creators=jsonl(folder / "creators.jsonl", creators),
        posts=jsonl(folder / "posts.jsonl", posts),
        indexes=folder / "indexes",
    )
    return Matcher.open(Path(folder / "indexes"))


@pytest.fixture(scope="module")
def demo_matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    """A small demo world under the embedded encoder."""
    from matcher import reindex

    folder = tmp_path_factory.mktemp("demo")
    world = write_world(folder / "tables", creators=400, posts_per_creator=8, seed=7)
    reindex(creators=world.table("creators"), posts=world.table("posts"), indexes=folder / "indexes")
    return Matcher.open(folder / "indexes")


def answered(matcher: Matcher, text: str) -> Answer:
    [query] = make_queries([Brief(text=text)], load_encoder())
    return answer(matcher.index, query)


def test_figures_by_hand(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_topic, "LEAST_CREATORS", 1)
    monkeypatch.setattr(on_topic, "FIRST", 2)
    found = answered(matcher, "oolong tea")
    figures = presence(matcher.index, found.query, found.scored, 3)
    assert figures is not None
    [relevance] = [opinion for opinion in found.scored.opinions if opinion.signal == "relevance"]
    best = np.argsort(-relevance.value)[:2]
    assert {matcher.index.creator_id(int(found.scored.rows[at])) for at in best} == {"ann", "ben"}
    assert figures.near == pytest.approx(float(found.scored.posts.cosine[best].mean()), abs=1e-5)
    usual = trade_data("background")["cosine_mean"]
    in_general = (float(found.scored.posts.cosine.sum()) + PRIOR_POSTS * usual) / (3 + PRIOR_POSTS)
    assert figures.above == pytest.approx(figures.near - in_general, abs=1e-5)
    assert figures.few == pytest.approx(-np.log(3))


def test_among_a_handful_of_creators_nothing_is_said(matcher: Matcher) -> None:
    found = answered(matcher, "tax accounting software")
    assert presence(matcher.index, found.query, found.scored, 3) is None
    assert found.topic_warnings == ()


@pytest.mark.parametrize("figure", ["near", "above", "few"])
def test_more_of_a_figure_never_lowers_the_probability(figure: str) -> None:
    low = {"near": 0.4, "above": 0.2, "few": -8.0}
    assert Presence(**low | {figure: low[figure] + 0.2}).probability >= Presence(**low).probability


def test_the_same_figures_say_more_in_a_small_index_than_in_a_large_one() -> None:
    """What comes so near is a chance find among fifty thousand, and the subject itself among fifty."""
    small, large = (Presence(0.48, 0.26, few=-float(np.log(among))).probability for among in (50, 50_000))
    assert large < trade_data("on_topic")["warn_below"] < small


def test_what_is_near_to_everything_says_less() -> None:
    """A brief of common words comes near to all posts: that its nearest come near is no sign."""
    rare, common = Presence(0.5, 0.3, -8.0).probability, Presence(0.5, 0.1, -8.0).probability
    assert common < trade_data("on_topic")["warn_below"] < rare


def test_nobody_near_is_warned_of(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 < trade_data("on_topic")["warn_below"] < 1
    found = answered(matcher, "oolong tea")
    monkeypatch.setattr(on_topic, "presence", lambda *_: Presence(0.3, 0.1, -8.0))
    [said] = topic_warnings(matcher.index, found.query, [(found.scored, 3)])
    assert said.startswith(
        "nothing in this index is clearly about this: the nearest posts come hardly nearer than chance"
    )
    monkeypatch.setattr(on_topic, "presence", lambda *_: Presence(0.9, 0.7, -8.0))
    assert topic_warnings(matcher.index, found.query, [(found.scored, 3)]) == []


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("engagement rings", True),
        ("訂婚戒指", True),
        ("nhẫn đính hôn", True),
        ("แหวนหมั้น", True),
        ("wind turbines", True),
        ("sensitive skin care", False),
        ("手沖咖啡", False),
        ("leo núi cắm trại", False),
        ("แมว", False),
    ],
)
def test_an_index_about_few_things_is_told_what_it_lacks(demo_matcher: Matcher, text: str, warned: bool) -> None:
    """All captions of the demo world lie near each other: a chance find stands many deviations above them."""
    found = demo_matcher.match(text).warnings
    assert any(warning.startswith("nothing in this index") for warning in found) is warned


def test_conditions_do_not_silence_it(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the whole index does not hold, the few who are left do not: however near the nearest of them look."""
    few, many = Presence(0.46, 0.24, -4.0), Presence(0.0, 0.0, -8.0)
    assert trade_data("on_topic")["warn_below"] < few.probability < on_topic.SURE
    monkeypatch.setattr(on_topic, "presence", lambda *given: many if given[-1] == 3 else few)
    [query] = make_queries([Brief(text="tax software", must_not=Exclusions(creator_ids=("cat",)))], load_encoder())
    found = answer(matcher.index, query)
    assert np.count_nonzero(found.filtered.allowed) == 2
    assert topic_warnings(matcher.index, query, [(found.scored, 2)]) == []
    assert len(found.topic_warnings) == 1
    monkeypatch.setattr(on_topic, "presence", lambda *_: few)
    assert answer(matcher.index, query).topic_warnings == ()


def test_the_shipped_model_was_fitted_on_the_shipped_encoder() -> None:
    assert load_encoder().fingerprint.startswith(trade_data("on_topic")["encoder"])


def test_with_another_encoder_nothing_is_said(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    found = answered(matcher, "oolong tea")
    monkeypatch.setattr(on_topic, "presence", lambda *_: Presence(0.0, 0.0, -8.0))
    monkeypatch.setattr(on_topic, "trade_data", lambda name: trade_data(name) | {"encoder": "another"})
    assert topic_warnings(matcher.index, found.query, [(found.scored, 3)]) == []
