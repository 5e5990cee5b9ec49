"""The other commands: what they print, and how they end."""

import json
from pathlib import Path
from typing import Any

import pytest

from matcher.matching import Matcher


def test_explain_in_and_out(run: Any, brief_file: Any, matcher: Matcher) -> None:
    ranking = [entry.creator_id for entry in matcher.match("street food", k=50).entries]
    path = brief_file(k=5)
    told = run("explain", path, ranking[0])
    assert told.code == 0 and "In, at place 1 of 5 with" in told.out
    told = run("explain", path, ranking[30])
    assert told.code == 1 and "Out: place 31 with" in told.out and "→ relevance" in told.out and told.err == ""


def test_explain_a_creator_that_a_filter_took_out(run: Any, brief_file: Any, matcher: Matcher) -> None:
    best = matcher.match("street food", k=1).entries[0].creator_id
    told = run("explain", brief_file(must={"followers": {"min": 90_000_000}}), best)
    assert told.code == 1
    assert "✗ must.followers: wanted at least 90,000,000; found " in told.out


def test_explain_as_json(run: Any, brief_file: Any, matcher: Matcher, index: Any) -> None:
    creator = index.creator_id(0)
    told = run("explain", brief_file(), creator, "--format", "json")
    assert json.loads(told.out) == matcher.explain("street food", creator).to_dict()


def test_explain_an_unknown_creator(run: Any, brief_file: Any) -> None:
    told = run("explain", brief_file(), "nobody")
    assert (told.code, told.out) == (2, "") and "holds no creator 'nobody'" in told.err


def test_explain_takes_one_brief(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_text('{"text": "cats"}\n{"text": "food"}\n', "utf-8")
    told = run("explain", path, "c1")
    assert told.code == 2 and "holds 2 briefs; this command takes one" in told.err


@pytest.mark.parametrize("by", ["content", "audience"])
def test_similar(run: Any, matcher: Matcher, index: Any, by: Any) -> None:
    row = next(row for row in range(100) if index.creators.audience_sample[row] > 0)
    creator = index.creator_id(row)
    told = run("similar", creator, "--by", by, "-k", 4, "--format", "json")
    assert told.code == 0 and json.loads(told.out) == matcher.similar(creator, 4, by).to_dict()
    told = run("similar", creator, "--by", by, "-k", 4)
    assert told.code == 0 and len(told.out.splitlines()) == 5


def test_similar_to_nobody(run: Any) -> None:
    assert run("similar", "nobody").code == 2
    assert run("similar").code == 2


def test_forecast(run: Any, matcher: Matcher) -> None:
    ids = [matcher.index.creator_id(row) for row in (3, 4)]
    told = run("forecast", *ids, "--format", "json")
    assert told.code == 0 and json.loads(told.out) == json.loads(json.dumps(matcher.forecast(ids).to_dict()))
    told = run("forecast", *ids)
    first = matcher.forecast(ids).entries[0].forecasts[0].engagements
    assert told.code == 0 and first is not None
    assert f"{first.expected:,}" in told.out and f"{first.interval[0]:,} to {first.interval[1]:,}" in told.out
    told = run("forecast", "nobody")
    assert (told.code, told.out) == (2, "") and "nobody" in told.err


def test_snapshots(run: Any, matcher: Matcher, tmp_path: Path) -> None:
    told = run("snapshots", "list")
    assert told.out.startswith(f"* {matcher.snapshot_id}") and "1,200 creators" in told.out
    shown = json.loads(run("snapshots", "show").out)
    assert shown["snapshot_id"] == matcher.snapshot_id and shown["counts"]["creators"] == 1200
    told = run("snapshots", "use", "gone")
    assert (told.code, told.out) == (2, "") and "gone" in told.err
    told = run("snapshots", "list", indexes=tmp_path)
    assert told.code == 2 and "holds no index yet" in told.err


def write_tables(folder: Path) -> tuple[Path, Path]:
    creators, posts = folder / "creators.jsonl", folder / "posts.jsonl"
    creators.write_text('{"creator_id": "c1", "bio": "tea"}\n', "utf-8")
    posts.write_text('{"post_id": "p1", "creator_id": "c1", "text": "street food"}\n', "utf-8")
    return creators, posts


def test_reindex_then_use_and_prune(run: Any, tmp_path: Path, small_index: Any) -> None:
    creators, posts = write_tables(tmp_path)
    indexes = tmp_path / "indexes"
    arguments = ("reindex", "--creators", creators, "--posts", posts, "--encoder", small_index.encoder)
    told = run(*arguments, indexes=indexes)
    assert told.code == 0 and told.out.startswith("published ") and "1 creators, 1 posts" in told.out
    first = told.out.split()[1]
    told = run(*arguments, "--json", "--as-of", "2030-01-01", indexes=indexes)
    second = json.loads(told.out.splitlines()[-1])["snapshot_id"]
    assert [line[:1] for line in run("snapshots", "list", indexes=indexes).out.splitlines()] == [" ", "*"]
    told = run("snapshots", "use", first, indexes=indexes)
    assert (told.code, told.out) == (0, "") and Matcher.open(indexes).snapshot_id == first
    assert run("snapshots", "use", second, indexes=indexes).code == 0
    told = run("snapshots", "prune", "--keep", 1, indexes=indexes)
    assert (told.code, told.out.split()) == (0, [first])
    assert told.err.splitlines() == [f"kept {second}: in use, one of the newest 1", "1 removed, 1 kept"]


def test_prune_says_why_the_current_snapshot_stays(run: Any, tmp_path: Path, small_index: Any) -> None:
    creators, posts = write_tables(tmp_path)
    arguments = ("reindex", "--creators", creators, "--posts", posts, "--encoder", small_index.encoder, "--json")
    indexes = tmp_path / "indexes"
    first, second = (
        json.loads(run(*arguments, "--as-of", day, indexes=indexes).out.splitlines()[-1])["snapshot_id"]
        for day in ("2030-01-01", "2030-01-02")
    )
    run("snapshots", "use", first, indexes=indexes)
    told = run("snapshots", "prune", "--keep", 1, indexes=indexes)
    kept = [f"kept {first}: in use", f"kept {second}: one of the newest 1"]
    assert (told.code, told.out, told.err.splitlines()) == (0, "", [*kept, "0 removed, 2 kept"])


@pytest.mark.parametrize("form", ["table", "json"])
def test_similar_where_there_is_nobody_else(run: Any, tmp_path: Path, small_index: Any, form: str) -> None:
    creators, posts = write_tables(tmp_path)
    indexes = tmp_path / "indexes"
    run("reindex", "--creators", creators, "--posts", posts, "--encoder", small_index.encoder, indexes=indexes)
    told = run("similar", "c1", "--format", form, indexes=indexes)
    assert told.code == 1 and told.err == "nobody is like c1 by content: no other creator has posts or a bio\n"
    assert told.out == "" if form == "table" else json.loads(told.out)["entries"] == []


def test_reindex_of_tables_that_cannot_be_used(run: Any, tmp_path: Path, small_index: Any) -> None:
    creators, posts = write_tables(tmp_path)
    posts.write_bytes(b"\x00\x01\x02 not a table")
    arguments = ("--creators", creators, "--posts", posts, "--encoder", small_index.encoder)
    told = run("reindex", *arguments, indexes=tmp_path / "i")
    assert (told.code, told.out) == (2, "") and "posts" in told.err and "Traceback" not in told.err
    told = run("reindex", "--creators", tmp_path / "none.csv", "--posts", posts, indexes=tmp_path / "i")
    assert told.code == 2 and "none.csv" in told.err


def test_evaluate(run: Any, tmp_path: Path, matcher: Matcher) -> None:
    best = matcher.match("street food", k=2).entries[0].creator_id
    briefs, qrels = tmp_path / "briefs.jsonl", tmp_path / "qrels.tsv"
    briefs.write_text('{"brief_id": "b", "text": "street food", "language": "en"}\n', "utf-8")
    qrels.write_text(f"brief_id\tcreator_id\tgrade\nb\t{best}\t3\n", "utf-8")
    arguments = ("evaluate", "--briefs", briefs, "--qrels", qrels)
    told = run(*arguments, "--format", "json")
    assert told.code == 0 and json.loads(told.out)["briefs"]["b"]["ndcg@10"] == 1.0
    told = run(*arguments, "--unjudged", tmp_path / "unjudged.tsv")
    assert told.code == 0 and "1.000 [1.00, 1.00]" in told.out and "brief en" in told.out
    header, *unread = (tmp_path / "unjudged.tsv").read_text("utf-8").splitlines()
    assert header == "brief_id\tcreator_id" and len(unread) == 9 and f"b\t{best}" not in unread
    qrels.write_text(f"brief_id\tcreator_id\tgrade\nother\t{best}\t3\n", "utf-8")
    told = run(*arguments)
    assert told.code == 2 and "none of the briefs has judgements" in told.err


def test_an_unknown_command(run: Any) -> None:
    told = run("mach", indexes=None)
    assert (told.code, told.out) == (2, "") and "No such command 'mach'" in told.err


def test_the_version(run: Any) -> None:
    told = run("--version", indexes=None)
    assert told.code == 0 and told.out.startswith("matcher")


def test_the_demo_prints_four_shortlists_and_where_to_go_next(run: Any, tmp_path: Path) -> None:
    told = run("demo", "--folder", tmp_path / "demo", "--creators", 200, "--details", 1, indexes=None)
    assert told.code == 0
    assert [line for line in told.out.splitlines() if line.startswith("Brief ")] == [
        "Brief sunscreen-taiwan", "Brief camping-coffee-taiwan", "Brief street-food-vietnam", "Brief cat-food-thailand",
    ]  # fmt: skip
    assert "Where to go next:" in told.out
    brief, indexes = tmp_path / "demo" / "briefs" / "4-cat-food-thailand.json", tmp_path / "demo" / "indexes"
    assert run("match", brief, "-k", 2, indexes=indexes).code == 0


def test_overlap(run: Any, matcher: Matcher, index: Any) -> None:
    rows = [row for row in range(300) if index.creators.followers[row] > 0][:3]
    ids = [index.creator_id(row) for row in rows]
    told = run("overlap", *ids, "--format", "json")
    assert told.code == 0 and json.loads(told.out) == matcher.overlap(ids).to_dict()
    told = run("overlap", *ids)
    assert told.code == 0 and told.out.startswith("Together ") and "in 3" in told.out and "Fr" not in told.err
    told = run("overlap", *ids, "--format", "csv")
    lines = told.out.splitlines()
    assert lines[0].startswith("kind,first,second,people,low,high")
    assert [line.split(",")[0] for line in lines[1:]] == ["total", "unique", *["people", "alone"] * 3, *["shared"] * 3]
    told = run("overlap", *ids, "--format", "md")
    assert told.out.startswith("# Overlap") and told.out.count("\n|---") == 2


def test_overlap_of_too_few(run: Any, index: Any) -> None:
    told = run("overlap", index.creator_id(0))
    assert told.code == 2 and "2 to 100 different creators; 1 given" in told.err
    unknown = [index.creator_id(row) for row in range(1200) if not index.creators.followers[row] > 0][:2]
    told = run("overlap", *unknown)
    assert told.code == 1 and "Neither commenters nor followers are known" in told.out
