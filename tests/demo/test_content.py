"""What the tables say: languages, topics, texts, audiences, rates and cheats are as the truth has them."""

import itertools
import re
import statistics
from collections import Counter
from typing import Any

import numpy as np
import pytest

from matcher.demo.arrays import draw_rows
from matcher.demo.audiences import to_shares
from matcher.demo.lexicon import sentence
from matcher.demo.setting import LANGUAGES, NICHES, TOPICS, phrases

SCRIPTS = {
    "zh-Hant": "[一-鿿]",
    "th": "[฀-๿]",
    "vi": "[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]",
    "en": "^[A-Za-z]",
}


def test_every_topic_lives_in_every_language(truth: list[dict[str, Any]]) -> None:
    held = {(row["language"], topic["topic"]) for row in truth for topic in row["topics"]}
    assert held == {(language, topic) for language in LANGUAGES for topic in TOPICS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_posts_are_written_in_the_language_of_their_creator(
    language: str, table: Any, truth: list[dict[str, Any]]
) -> None:
    pure = {r["creator_id"] for r in truth if r["language"] == language and r["mixed_language"] == "none"}
    posts = table("posts").select(["creator_id", "text"]).to_pylist()
    texts = [row["text"] for row in posts if row["creator_id"] in pure and row["text"] and len(row["text"]) > 12]
    assert len(texts) > 500
    assert statistics.mean(bool(re.search(SCRIPTS[language], text.lower())) for text in texts) > 0.95


def test_texts_are_mostly_distinct_and_hold_their_hashtags(table: Any) -> None:
    rows = table("posts").select(["text", "hashtags"]).to_pylist()
    texts = [row["text"] for row in rows if row["text"]]
    assert len(set(texts)) / len(texts) >= 0.9
    assert 0.9 < len(texts) / len(rows) < 1.0
    assert all(f"#{tag}" in row["text"] for row in rows for tag in row["hashtags"] or ())
    assert not any("{" in text or "  " in text for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrase_tables_are_complete(language: str) -> None:
    topics = phrases(language)["topics"]
    assert [(topic, niche) for topic in topics for niche in topics[topic]["niches"]] == list(NICHES)
    assert all(lead.count("{s}") == 1 for words in topics.values() for lead in words["leads"])
    assert phrases(language)["shared"].keys() == phrases("en")["shared"].keys()


def test_audience_shares_sum_to_one(table: Any) -> None:
    records = [record for row in table("creators")["audience"].to_pylist() for record in row or ()]
    assert {record["status"] for record in records} == {"measured", "estimated", "declared"}
    for facet in ("age", "gender", "country", "language", "interest", "age_gender"):
        sums = [sum(s for s in r[facet].values() if s is not None) for r in records if r[facet] is not None]
        assert len(sums) > 50, facet
        assert sums == pytest.approx([1.0] * len(sums), abs=1e-9)


def test_rates_fall_as_followers_grow(table: Any, truth: list[dict[str, Any]]) -> None:
    size = {row["creator_id"]: row["followers"] for row in truth if row["cheat"] == "none"}
    rates: dict[str, list[float]] = {"nano": [], "macro": []}
    for row in table("posts").select(["creator_id", "platform", "likes"]).to_pylist():
        followers = size.get(row["creator_id"])
        if followers and row["likes"] is not None and row["platform"] == "tiktok":
            if followers < 10_000:
                rates["nano"].append(row["likes"] / followers)
            elif followers > 100_000:
                rates["macro"].append(row["likes"] / followers)
    assert statistics.median(rates["nano"]) > 1.3 * statistics.median(rates["macro"])


def test_cheats_show_where_they_would(table: Any, truth: list[dict[str, Any]]) -> None:
    cheat = {row["creator_id"]: row["cheat"] for row in truth}
    per_like: dict[str, list[float]] = {"none": [], "pod": [], "bought_likes": []}
    for row in table("posts").select(["creator_id", "likes", "comments"]).to_pylist():
        if row["likes"] and row["comments"] is not None and cheat[row["creator_id"]] in per_like:
            per_like[cheat[row["creator_id"]]].append(row["comments"] / row["likes"])
    honest = statistics.median(per_like["none"])
    assert statistics.median(per_like["pod"]) > 3 * honest
    assert statistics.median(per_like["bought_likes"]) < honest / 3


def test_bought_followers_arrive_in_one_week(table: Any, truth: list[dict[str, Any]]) -> None:
    cheat = {row["creator_id"]: row["cheat"] for row in truth}
    weeks: dict[str, list[int]] = {}
    for row in table("follower_history").to_pylist():
        weeks.setdefault(row["creator_id"], []).append(row["followers"])
    leap = {c: max(b / max(a, 1) for a, b in itertools.pairwise(w)) for c, w in weeks.items()}
    assert min(v for c, v in leap.items() if cheat[c] == "bought_followers") > 2
    assert max(v for c, v in leap.items() if cheat[c] != "bought_followers") < 1.2


def test_gaps_are_nulls_and_never_zeros(table: Any, truth: list[dict[str, Any]]) -> None:
    creators = {row["creator_id"]: row for row in table("creators").to_pylist()}
    posts = Counter(table("posts")["creator_id"].to_pylist())
    column = {"no_bio": "bio", "no_audience": "audience", "no_country": "country", "no_followers": "followers"}
    for row in truth:
        for gap in row["gaps"]:
            if gap in column:
                assert creators[row["creator_id"]][column[gap]] is None
            if gap == "no_posts":
                assert posts[row["creator_id"]] == 0


def test_sponsors_are_named_only_under_the_platforms_label(table: Any) -> None:
    rows = table("posts").select(["sponsored", "sponsors", "text"]).to_pylist()
    assert all((row["sponsors"] is not None) == (row["sponsored"] is True) for row in rows)
    in_words_only = [row for row in rows if row["sponsors"] is None and row["text"] and "#ad " in row["text"]]
    assert in_words_only
    assert all(row["sponsored"] is not True for row in in_words_only)


def test_to_shares_rounds_and_still_sums_to_one() -> None:
    assert to_shares(np.array([[1.0, 1.0, 1.0]]), digits=2).tolist() == [[0.34, 0.33, 0.33]]


def test_draw_rows_never_draws_what_weighs_nothing() -> None:
    drawn = draw_rows(np.random.default_rng(1), np.tile([0.0, 1.0, 0.0, 3.0], (4000, 1)))
    counts = Counter(drawn.tolist())
    assert set(counts) == {1, 3}
    assert counts[3] / 4000 == pytest.approx(0.75, abs=0.03)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("zh-Hant", "今天", "今天。", id="Chinese gets its full stop and no space"),
        pytest.param("zh-Hant", "好嗎？", "好嗎？", id="a question keeps its mark"),
        pytest.param("zh-Hant", "合作 #業配", "合作 #業配 ", id="a tag at the end needs a space"),
        pytest.param("th", "วันนี้", "วันนี้ ", id="Thai has spaces for full stops"),
        pytest.param("en", "Today.", "Today. ", id="English brings its own"),
    ],
)
def test_sentence(language: str, text: str, expected: str) -> None:
    assert sentence(phrases(language), text) == expected


def test_no_sponsored_post_claims_to_be_free(table: Any) -> None:
    rows = table("posts").select(["sponsored", "text"]).to_pylist()
    claims = [row for row in rows if row["text"] and "Not sponsored" in row["text"]]
    assert claims
    assert all(row["sponsored"] is not True and "#ad " not in row["text"] for row in claims)
