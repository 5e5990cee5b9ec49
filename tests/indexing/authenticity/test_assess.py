"""From tables to the authenticity of creators: the optional tables are read, mended, and judged."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from matcher.indexing.authenticity.surroundings import giveaway_pattern
from matcher.matching import Matcher
from matcher.records import Brief
from matcher.retrieval.index import Index
from matcher.signals.authenticity.evidence import PARTS
from matcher.signals.authenticity.words import authenticity_of
from matcher.snapshot import STATUSES

from ...tiny import Row
from ..conftest import AS_OF, World

TODAY = AS_OF.date()
HANDLES = {f"c{i:02d}": f"maker.{i}" for i in range(12)}


def day(days_ago: int) -> str:
    return str(TODAY - timedelta(days=days_ago))


def creators() -> list[Row]:
    return [
        {"creator_id": i, "platform": "instagram", "handle": handle, "followers": 12_000, "following": 400}
        for i, handle in HANDLES.items()
    ]


def posts(**more: Any) -> list[Row]:
    """A post a week of everybody; `more` changes that of 71 days ago of a creator."""
    return [
        {"post_id": f"{i}-{week}", "creator_id": i, "platform": "instagram", "text": "word", "likes": 300 + week % 5,
         "comments": 12, "published_at": day(7 * week + 1), "observed_at": day(0)}
        | (more.get(i, {}) if week == 10 else {})
        for i in HANDLES for week in range(20)
    ]  # fmt: skip


def readings(creator_id: str, jump: float = 1.0, **more: Any) -> list[Row]:
    """Thirty weeks, 0.3 % each, up to 12,000 today; before ten weeks ago `jump` times fewer."""
    rng = np.random.default_rng(int(creator_id[1:]))
    noise = rng.normal(0, 0.001, 30)
    return [
        {"creator_id": creator_id, "platform": "instagram", "date": day(7 * week),
         "followers": round(12_000 * float(np.exp(-0.003 * week + noise[week])) / (jump if week >= 10 else 1.0))} | more
        for week in range(30)
    ]  # fmt: skip


def built(world: World, **tables: list[Row]) -> Index:
    for name, rows in ({"creators": creators(), "posts": posts()} | tables).items():
        world.write(name, rows)
    world.reindex(max_reject_share=0, **{n: world.folder / f"{n}.jsonl" for n in tables if n == "accounts"})
    return world.index()


def value(index: Index, creator_id: str) -> float:
    return float(index.creators.authenticity[index.creator_row(creator_id)])


def part(index: Index, creator_id: str, name: str) -> float:
    return float(index.creators.authenticity_weights[index.creator_row(creator_id), PARTS.index(name)])


def test_a_bought_jump_is_a_caution_with_its_reason(empty: World) -> None:
    histories = [row for i in HANDLES for row in readings(i, 1.5 if i == "c03" else 1.0)]
    index = built(empty, follower_history=histories)
    assert value(index, "c03") < 0.5 < min(value(index, i) for i in HANDLES if i != "c03")
    explained = Matcher.open(empty.indexes, encoder=str(empty.model)).explain(Brief(text="word"), "c03")
    assert explained.authenticity is not None
    assert explained.authenticity.reasons[0].startswith("50% more followers in a week or two, 63 days ago")
    [said] = [c.detail for c in explained.cautions if c.code == "authenticity_low"]
    assert "50% more followers" in said
    assert explained.to_dict()["authenticity"]["value"] == pytest.approx(value(index, "c03"), abs=1e-4)
    assert not any(c.signal == "authenticity" for c in explained.contributions)  # no hidden weight


@pytest.mark.parametrize(
    "explanation",
    [
        pytest.param({"likes": 9000}, id="a viral post"),
        pytest.param({"text": "抽獎！留言就有機會", "likes": 2000}, id="a giveaway"),
    ],
)
def test_what_explains_a_jump_takes_the_reason_away(empty: World, explanation: Row) -> None:
    plain = built(empty, follower_history=readings("c03", 1.4))
    unexplained = part(plain, "c03", "jump")
    index = built(empty, posts=posts(c03=explanation), follower_history=readings("c03", 1.4))
    assert part(index, "c03", "jump") < 0 < 2 < unexplained
    assert value(index, "c03") > 0.9


def test_a_feature_by_a_larger_creator_explains_a_jump(empty: World) -> None:
    large = creators()
    large[7] |= {"followers": 900_000}
    mention = posts(c07={"text": "thank you @Maker.3!"})
    index = built(empty, creators=large, posts=mention, follower_history=readings("c03", 1.4))
    assert part(index, "c03", "jump") < 0
    other = built(empty, creators=large, posts=posts(c07={"text": "@maker.4"}), follower_history=readings("c03", 1.4))
    assert part(other, "c03", "jump") > 2


def changed(at: range, followers: int) -> list[Row]:
    """The readings of c03, some of them (0 = today) with other followers."""
    return [row | {"followers": followers} if i in at else row for i, row in enumerate(readings("c03"))]


ANOTHER = [row | {"followers": 50 * row["followers"]} for row in readings("c03")]


@pytest.mark.parametrize(
    ("rows", "warning"),
    [
        pytest.param(changed(range(4, 5), 0), "1 readings of 0", id="a zero"),
        pytest.param(changed(range(20, 30), 900_000), "10 readings from before a fall", id="a reset"),
        pytest.param(ANOTHER, "1 histories end far from", id="another account"),
        pytest.param([*readings("c03"), *readings("c03", platform="tiktok")], "30 rows of another", id="platform"),
        pytest.param([*readings("c03"), readings("c03")[0] | {"date": day(-9)}], "1 rows are later", id="tomorrow"),
    ],
)
def test_bad_histories_are_mended_and_said(empty: World, rows: list[Row], warning: str) -> None:
    for name, table in (("creators", creators()), ("posts", posts()), ("follower_history", rows)):
        empty.write(name, table)
    summary = empty.reindex()
    assert [w for w in summary.warnings if w.startswith("follower_history: ") and warning in w]
    assert value(empty.index(), "c03") > 0.9  # never an accusation


def test_tables_that_are_not_given_widen_the_interval(empty: World) -> None:
    histories = [row for i in HANDLES for row in readings(i)]
    without = authenticity_of(built(empty).creators, 0)
    index = built(empty, follower_history=histories)
    given = authenticity_of(index.creators, 0)
    assert "jump" in given.known and "jump" not in without.known
    assert given.interval[1] - given.interval[0] < without.interval[1] - without.interval[0]
    assert without.value > 0.9


def profile(account: str, creator_id: str, fake: bool) -> Row:
    numbers = {"followers": 8, "following": 800, "media_count": 1, "bio_length": 0} if fake else {
        "followers": 310, "following": 280, "media_count": 500, "bio_length": 60, "created_at": "2015-01-01"
    }  # fmt: skip
    return {"account_id": account, "creator_id": creator_id, "has_picture": not fake, **numbers}


def test_profiles_of_followers(empty: World) -> None:
    people = [profile(f"a{i}", "c01", i < 60) for i in range(100)] + [
        profile(f"a{i}", "c02", False) for i in range(100)
    ]
    stated = creators()
    stated[2] |= {"audience": [{"source": "followers", "status": "measured", "credibility": 0.81}]}
    index = built(empty, creators=stated, accounts=[*people, people[0]])
    columns, row = index.creators, index.creator_row("c01")
    assert columns.credibility[row] == pytest.approx(0.4, abs=0.02)
    assert STATUSES[columns.credibility_status[row]] == "estimated"
    two = index.creator_row("c02")
    assert columns.credibility[two] == pytest.approx(0.81) and STATUSES[columns.credibility_status[two]] == "declared"
    assert STATUSES[columns.credibility_status[index.creator_row("c05")]] == "absent"
    assert value(index, "c01") < 0.5 < value(index, "c02")
    reason = authenticity_of(columns, row).reasons[0]
    assert reason.startswith("60% fake accounts (") and reason.endswith(
        "among 100 profiles"
    )  # the repeat is not counted
    brief = Brief(text="word", must={"credibility": {"min": 0.3}})
    shortlist = Matcher.open(empty.indexes, encoder=str(empty.model)).match(brief)
    assert {entry.creator_id for entry in shortlist.entries} == {"c01", "c02"}
    assert [w for w in shortlist.warnings if w.startswith("must.credibility: 1 of the creators that pass state no")]


def test_a_pod_among_the_comments(empty: World) -> None:
    pod = ["c00", "c01", "c02", "c03", "c04"]
    said: list[Row] = [
        {"comment_id": f"{a}{b}{w}", "post_id": f"{b}-{w}", "author_id": a, "text": "nice"}
        for a in pod for b in pod if a != b for w in range(2)
    ]  # fmt: skip
    said += [
        {"comment_id": f"u{i}", "post_id": f"c{i % 12:02d}-{i % 7}", "author_id": f"u{i % 90}", "text": "ok"}
        for i in range(180)
    ]
    index = built(empty, comments=said)
    assert authenticity_of(index.creators, 0).reasons[0] == "4 creators and this one comment on one another"
    assert value(index, "c00") < value(index, "c11") - 0.15
    assert np.isnan(part(built(empty, comments=[]), "c00", "pod"))


def test_the_same_tables_give_the_same_columns(empty: World) -> None:
    histories = [row for i in HANDLES for row in readings(i, 1.2)]
    one = np.asarray(built(empty, follower_history=histories).creators.authenticity_weights).copy()
    empty.write("follower_history", histories[::-1])
    empty.reindex(full=True)
    np.testing.assert_array_equal(one, empty.index().creators.authenticity_weights)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Big GIVEAWAY this week", True), ("抽獎活動開始", True), ("Minigame cực vui, quay số cuối tuần", True),
        ("แจกฟรี 5 รางวัล", True), ("a lovely day at the beach", False), ("今天去海邊", False), ("đi biển", False),
    ],
)  # fmt: skip
def test_words_of_giveaways(text: str, is_one: bool) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    assert pc.match_substring_regex(pa.array([text]), giveaway_pattern())[0].as_py() is is_one


def test_a_post_of_yesterday_without_a_time_of_reading_tells_nothing_of_reach(empty: World) -> None:
    def reached(at: str) -> list[Row]:
        young = {"views": 1, "published_at": at, "observed_at": None}
        return [row | {"views": 6000} | (young if row["creator_id"] == "c03" else {}) for row in posts()]

    assert part(built(empty, posts=reached(day(30))), "c03", "reach_low") > 0
    assert np.isnan(part(built(empty, posts=reached(day(1))), "c03", "reach_low"))


def test_of_two_profiles_of_one_account_the_order_of_the_table_does_not_choose(empty: World) -> None:
    twice = [profile(f"a{i}", "c01", fake) for i in range(100) for fake in (i < 50, i >= 50)]
    one = np.asarray(built(empty, accounts=twice).creators.credibility).copy()
    empty.write("accounts", twice[::-1])
    empty.reindex(max_reject_share=0, full=True, accounts=empty.folder / "accounts.jsonl")
    np.testing.assert_array_equal(one, empty.index().creators.credibility)
    assert not np.isnan(one[1])
