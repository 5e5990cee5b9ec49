"""The catalog as a whole: keys between tables, rejects, counts, limits."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from matcher.catalog import COMMENTS, POST_METRICS, POSTS, Catalog
from matcher.catalog import frames as frames_module
from matcher.errors import InputError

from .conftest import CREATOR, POST, Opener, jsonl, rows_of

COMMENT = {"comment_id": "m1", "post_id": "p1", "author_id": "a", "text": "wow", "published_at": "2026-05-01"}


def test_batches_come_in_the_canonical_schemas(open_catalog: Opener) -> None:
    metric = {"post_id": "p1", "observed_at": "2026-05-02", "views": 10}
    catalog = open_catalog(post_metrics=[metric], comments=[{**COMMENT, "by_creator": True}])
    assert [batch.schema for batch in catalog.posts()] == [POSTS]
    assert [batch.schema for batch in catalog.post_metrics()] == [POST_METRICS]
    assert [batch.schema for batch in catalog.comments()] == [COMMENTS]
    assert rows_of(catalog.comments())[0]["by_creator"] is True


def test_a_row_points_to_its_creator(open_catalog: Opener) -> None:
    catalog = open_catalog(
        creators=[{"creator_id": "z"}, {"creator_id": "a"}, {"creator_id": "m"}],
        posts=[{"post_id": f"p-{c}", "creator_id": c} for c in "zam"],
        follower_history=[{"creator_id": "m", "date": "2026-05-01", "followers": 5}],
        collaborations=[{"collaboration_id": "k", "creator_id": "a", "brand": "Dewroot", "spend": "1,200.50"}],
    )
    assert [row["creator_row"] for row in rows_of(catalog.posts())] == [2, 0, 1]
    assert [row["creator_row"] for row in rows_of(catalog.follower_history())] == [1]
    [work] = rows_of(catalog.collaborations())
    assert (work["creator_row"], work["brand"], work["spend"]) == (0, "Dewroot", 1200.5)


def test_posts_of_unknown_creators_are_rejects(open_catalog: Opener, rejects: Any) -> None:
    catalog = open_catalog(posts=[POST, {**POST, "post_id": "p2", "creator_id": "nobody"}])
    assert [row["post_id"] for row in rows_of(catalog.posts())] == ["p1"]
    [reject] = rejects(catalog)
    assert reject == {
        **{"table": "posts", "file": catalog.sources[1].name, "line": 2, "field": "creator_id", "value": "nobody"},
        "reason": "unknown creator",
    }


def test_posts_of_a_rejected_creator_say_so(open_catalog: Opener, rejects: Any) -> None:
    creators = [{"creator_id": "c1"}, {"creator_id": "bad", "followers": -1}, {"creator_id": None}]
    posts = [{**POST, "post_id": p, "creator_id": c} for p, c in (("p1", "c1"), ("p2", "bad"), ("p3", "nobody"))]
    catalog = open_catalog(creators=creators, posts=posts, max_reject_share=1.0)
    assert [row["post_id"] for row in rows_of(catalog.posts())] == ["p1"]
    found = [(row["value"], row["reason"]) for row in rejects(catalog) if row["table"] == "posts"]
    assert found == [("bad", "the creator's own row was rejected"), ("nobody", "unknown creator")]


def test_a_creator_with_another_row_that_is_good_is_known(open_catalog: Opener) -> None:
    creators = [{"creator_id": "c1", "followers": -1}, {"creator_id": "c1", "followers": 5}]
    catalog = open_catalog(creators=creators, posts=[{**POST, "creator_id": "c1"}], max_reject_share=1.0)
    assert len(rows_of(catalog.posts())) == 1


@pytest.mark.parametrize("shape", ["one file", "two files", "many batches"])
def test_of_two_posts_with_one_id_the_first_stays(
    shape: str, tmp_path: Path, open_catalog: Opener, rejects: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{**POST, "post_id": p, "text": str(n)} for n, p in enumerate(["p1", "p2", "p1", "p3", "p2"])]
    source: Any = rows
    if shape == "two files":
        source = tmp_path / "folder"
        source.mkdir()
        (source / "a.jsonl").write_text(jsonl(rows[:2]))
        (source / "b.jsonl").write_text(jsonl(rows[2:]))
    if shape == "many batches":
        import pandas as pd

        monkeypatch.setattr(frames_module, "ROWS", 1)
        source = pd.DataFrame(rows)
    catalog = open_catalog(posts=source)
    assert [row["text"] for row in rows_of(catalog.posts())] == ["0", "1", "3"]
    assert [(row["value"], row["reason"][:9]) for row in rejects(catalog)] == [("p1", "duplicate"), ("p2", "duplicate")]


def test_a_rejected_post_does_not_take_its_id(open_catalog: Opener) -> None:
    rows = [{**POST, "likes": -1}, {**POST, "likes": 4}]
    assert [row["likes"] for row in rows_of(open_catalog(posts=rows).posts())] == [4]


def test_comments_and_metrics_of_unknown_posts_are_rejects(open_catalog: Opener, rejects: Any) -> None:
    catalog = open_catalog(
        posts=[POST, {**POST, "post_id": "spoiled", "likes": -1}],
        comments=[COMMENT, {**COMMENT, "comment_id": "m2", "post_id": "gone"}, COMMENT],
        post_metrics=[{"post_id": "spoiled", "observed_at": "2026-05-01", "views": 1}],
    )
    list(catalog.posts())
    assert [row["comment_id"] for row in rows_of(catalog.comments())] == ["m1"]
    assert rows_of(catalog.post_metrics()) == []
    assert [(row["table"], row["line"], row["reason"].split(":")[0]) for row in rejects(catalog)] == [
        ("posts", 2, "negative"),
        ("post_metrics", 1, "unknown post"),
        ("comments", 2, "unknown post"),
        ("comments", 3, "duplicate"),
    ]


def test_comments_before_posts_is_an_error_that_says_what_to_do(open_catalog: Opener) -> None:
    with pytest.raises(InputError, match=r"read catalog\.posts\(\) to its end before catalog\.comments\(\)"):
        list(open_catalog(comments=[COMMENT]).comments())


def test_a_table_that_was_not_given_is_empty(open_catalog: Opener) -> None:
    catalog = open_catalog()
    assert list(catalog.comments()) == []
    assert set(catalog.counts) == {"creators", "posts"}


def test_a_reading_without_a_time_is_kept_with_a_warning(open_catalog: Opener) -> None:
    rows = [{"post_id": "p1", "observed_at": None, "views": 3}, {"post_id": "p1", "observed_at": "2026-05-01"}]
    catalog = open_catalog(post_metrics=rows)
    list(catalog.posts())
    assert [row["views"] for row in rows_of(catalog.post_metrics())] == [3, None]
    assert [w for w in catalog.warnings if "observed_at: 1 value missing" in w]


def many_posts(bad: int, good: int) -> list[dict[str, Any]]:
    return [{**POST, "post_id": f"p{n}", "likes": -1 if n < bad else 1} for n in range(bad + good)]


def test_too_many_bad_rows_are_an_error_with_figures_and_remedy(open_catalog: Opener, tmp_path: Path) -> None:
    catalog = open_catalog(posts=many_posts(6, 94), max_reject_share=0.05)
    with pytest.raises(InputError) as error:
        list(catalog.posts())
    for part in ("6 of 100 rows (6.0%)", "posts.jsonl", "at most 5.0%", "negative", "--max-reject-share"):
        assert part in str(error.value)
    assert len((tmp_path / "out" / "rejects.jsonl").read_text().splitlines()) == 6


def test_just_few_enough_bad_rows_are_none(open_catalog: Opener) -> None:
    catalog = open_catalog(posts=many_posts(5, 95), max_reject_share=0.05)
    assert len(rows_of(catalog.posts())) == 95
    catalog.close()


def test_the_rejects_of_a_failed_run_are_written_and_its_error_is_kept(open_catalog: Opener, tmp_path: Path) -> None:
    with pytest.raises(KeyError), open_catalog(posts=many_posts(1, 1), max_reject_share=0.5) as catalog:
        list(catalog.posts())
        raise KeyError
    assert len((tmp_path / "out" / "rejects.jsonl").read_text().splitlines()) == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["rejects.jsonl"]


def test_reading_twice_or_breaking_off_counts_once(open_catalog: Opener, rejects: Any) -> None:
    catalog = open_catalog(posts=many_posts(1, 3))
    broken_off: Iterator[Any] = catalog.posts()
    next(broken_off)
    first, second = rows_of(catalog.posts()), rows_of(catalog.posts())
    assert first == second
    assert catalog.counts["posts"].read == 4
    assert len(rejects(catalog)) == 1


def test_progress_is_told(tmp_path: Path) -> None:
    (tmp_path / "creators.jsonl").write_text(jsonl([CREATOR]))
    (tmp_path / "posts.jsonl").write_text(jsonl([POST, "broken"]))
    told: list[tuple[str, int]] = []
    catalog = Catalog.open(
        creators=tmp_path / "creators.jsonl",
        posts=tmp_path / "posts.jsonl",
        rejects=tmp_path / "rejects.jsonl",
        max_reject_share=1.0,
        on_rows=lambda table, rows: told.append((table, rows)),
    )
    list(catalog.posts())
    assert told == [("creators", 1), ("posts", 2)]
    assert catalog.total_rows("posts") is None


def test_values_in_rejects_are_bounded(open_catalog: Opener, rejects: Any) -> None:
    catalog = open_catalog(posts=[{**POST, "likes": "9" * 10_000 + "k"}])
    list(catalog.posts())
    assert len(rejects(catalog)[0]["value"]) == 120


def test_many_rejects_go_to_disk(open_catalog: Opener, rejects: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.catalog.ledger.MAX_HELD_BYTES", 100)
    catalog = open_catalog(posts=many_posts(50, 1))
    list(catalog.posts())
    assert [row["line"] for row in rejects(catalog)] == list(range(1, 51))


def test_posts_with_no_text_and_no_counts_are_posts(open_catalog: Opener) -> None:
    catalog = open_catalog(posts=[{"post_id": "p1", "creator_id": "c1"}, {**POST, "post_id": "p2", "text": ""}])
    assert [(row["text"], row["views"]) for row in rows_of(catalog.posts())] == [(None, None), (None, None)]


def test_an_impossible_share_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="from 0 to 1"):
        Catalog.open(creators="c.csv", posts="p.csv", rejects=tmp_path / "r", max_reject_share=5)


def test_rejects_are_json_lines_in_any_script(open_catalog: Opener, tmp_path: Path) -> None:
    catalog = open_catalog(posts=[{**POST, "likes": "很多"}])
    list(catalog.posts())
    catalog.close()
    [line] = (tmp_path / "out" / "rejects.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["value"] == "很多"
    assert "很多" in line
