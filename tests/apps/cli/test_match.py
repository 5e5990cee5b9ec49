"""`matcher match`: formats, exit codes, what goes to stdout and what to stderr."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from matcher.apps.cli.render import COLUMNS
from matcher.matching import Matcher

SHORTLIST = ["brief_id", "snapshot_id", "method_version", "created_at", "entries", "funnel", "warnings"]
ENTRY = ["rank", "creator_id", "display_name", "score", "contributions", "evidence", "cautions"]


def same(found: Any, expected: Any) -> bool:
    return bool(found | {"created_at": ""} == expected | {"created_at": ""})


def test_json_has_the_shape_of_the_contract(run: Any, brief_file: Any, matcher: Matcher) -> None:
    told = run("match", brief_file(brief_id="b"), "-k", 3, "--format", "json")
    found = json.loads(told.out)
    assert (told.code, told.err) == (0, "")
    assert list(found) == SHORTLIST and list(found["entries"][0])[:7] == ENTRY
    assert same(found, matcher.match({"brief_id": "b", "text": "street food"}, k=3).to_dict())


def test_jsonl_gives_one_shortlist_a_line_in_order(run: Any, tmp_path: Path, matcher: Matcher) -> None:
    briefs = [{"brief_id": f"b{i}", "text": text} for i, text in enumerate(["cats", "貓", "phở", "skin care", "露營"])]
    path = tmp_path / "briefs.jsonl"
    path.write_text("".join(json.dumps(brief) + "\n" for brief in briefs), "utf-8")
    told = run("match", path, "--format", "jsonl", "-k", 2)
    found = [json.loads(line) for line in told.out.splitlines()]
    assert [shortlist["brief_id"] for shortlist in found] == ["b0", "b1", "b2", "b3", "b4"]
    for shortlist, brief in zip(found, briefs, strict=True):
        assert same(shortlist, matcher.match(brief, k=2).to_dict())


def test_what_a_text_names_is_said_and_becomes_conditions_on_demand(run: Any, matcher: Matcher) -> None:
    text = "Street food creators in Vietnam with at least 2,000 followers"
    plain = run("match", "--text", text, "--format", "json", "-k", 3)
    assert same(json.loads(plain.out), matcher.match({"text": text}, k=3).to_dict())
    assert plain.err == (
        "The text also names must.countries from “Vietnam”; must.followers from “at least 2,000 followers”. "
        "Its words alone were matched; --understood makes these conditions.\n"
    )
    heard = run("match", "--text", text, "--understood", "--format", "json", "-k", 3)
    brief = {"text": text, "language": "en", "must": {"countries": ["VN"], "followers": {"min": 2000}}}
    assert same(json.loads(heard.out), matcher.match(brief, k=3).to_dict())
    assert heard.err.startswith("Taken as conditions: must.countries from “Vietnam”;")
    assert run("match", "--text", "street food", "--format", "json").err == ""


def test_a_file_says_its_conditions_itself(run: Any, brief_file: Any) -> None:
    told = run("match", brief_file(), "--understood")
    assert told.code == 2
    assert "--understood reads a brief in words" in told.err


def test_several_briefs_as_json_are_one_array(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_text('{"text": "cats"}\n{"text": "street food"}\n', "utf-8")
    found = json.loads(run("match", path, "--format", "json", "-k", 1).out)
    assert [len(shortlist["entries"]) for shortlist in found] == [1, 1]


def test_csv_has_one_header_for_all_briefs(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "briefs.jsonl"
    lines = ['{"brief_id": "a", "text": "cats"}', '{"brief_id": "b", "text": "food", "should": {"languages": ["th"]}}']
    path.write_text("\n".join(lines), "utf-8")
    told = run("match", path, "--format", "csv", "-k", 2)
    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert [row["brief_id"] for row in rows] == ["a", "a", "b", "b"]
    assert list(rows[0]) == COLUMNS
    assert rows[0]["preferences_value"] == "" and rows[2]["preferences_value"] != ""


def test_a_name_that_is_a_formula_is_guarded(run: Any, matcher_of: Any, brief_file: Any) -> None:
    made = matcher_of([{"creator_id": "c1", "display_name": '=HYPERLINK("x")', "bio": "street food"}], [])
    told = run("match", brief_file(), "--format", "csv", indexes=made.index.folder.parent)
    assert next(csv.DictReader(io.StringIO(told.out)))["display_name"] == '\'=HYPERLINK("x")'


def test_markdown_is_a_page(run: Any, brief_file: Any) -> None:
    path = brief_file(brief_id="b", brand={"name": "Pepper|lane"}, must={"countries": ["VN"]})
    lines = run("match", path, "--format", "md", "-k", 2).out.splitlines()
    assert lines[:3] == [r"# Shortlist: Pepper\|lane – b", "", "> street food"]
    assert [line for line in lines if line.startswith("## ")][-1] == "## How this list came about"
    assert "- 1,200 creators in the index" in lines
    assert any(line.endswith("creators left by countries") for line in lines)


def test_other_peoples_text_does_nothing_in_markdown(run: Any, matcher_of: Any, brief_file: Any) -> None:
    creators = [{"creator_id": "c1", "display_name": "[x](javascript:1) <script> | *b* `c`", "bio": "street food"}]
    posts = [{"post_id": "p1", "creator_id": "c1", "text": "street\nfood <img>", "url": "javascript:alert(1)"}]
    made = matcher_of(creators, posts)
    out = run("match", brief_file(), "--format", "md", indexes=made.index.folder.parent).out
    assert r"\[x\](javascript:1) &lt;script> \| \*b\* \`c\`" in out
    assert "<img" not in out and "(javascript:alert" not in out and "“street food &lt;img>” (post p1)" in out


def test_the_table_has_one_line_per_creator(run: Any, brief_file: Any, matcher: Matcher) -> None:
    told = run("match", brief_file(), "-k", 12, "--details", 0)
    lines = told.out.splitlines()
    start = next(i for i, line in enumerate(lines) if "creator" in line and "score" in line) + 1
    entries = matcher.match("street food", k=12).entries
    for line, entry in zip(lines[start:], entries, strict=False):
        assert line.split()[0] == str(entry.rank) and f"{entry.score:.3f}" in line
    assert max(map(cell_len, lines)) <= 120
    assert "Funnel: all 1,200" in told.out and told.err == ""


def test_details_show_reasons_that_add_up(run: Any, brief_file: Any, matcher: Matcher) -> None:
    told = run("match", brief_file(), "-k", 3, "--details", 1)
    entry = matcher.match("street food", k=3).entries[0]
    for part in entry.contributions:
        assert f"{part.value:.2f} × {part.weight:.2f} = {part.contribution:.3f}" in told.out
    assert all(post.url in told.out for post in entry.evidence if post.url)


def test_a_brief_from_stdin(run: Any) -> None:
    told = run("match", "-", "--format", "jsonl", "-k", 1, stdin="text: street food\n")
    assert told.code == 0 and len(json.loads(told.out)["entries"]) == 1
    told = run("match", "-", "--format", "jsonl", "-k", 1, stdin='{"text": "cats"}\n{"text": "food"}\n')
    assert len(told.out.splitlines()) == 2


def test_a_brief_in_words(run: Any) -> None:
    assert run("match", "--text", "street food", "-k", 1, "--format", "jsonl").code == 0


def test_a_filter_that_leaves_nobody_ends_with_1_and_names_the_step(run: Any, brief_file: Any) -> None:
    path = brief_file(brief_id="b", must={"tiers": ["nano"], "followers": {"min": 5_000_000}})
    for form in ("json", "jsonl", "csv", "md"):
        told = run("match", path, "--format", form)
        assert told.code == 1
        assert told.err.startswith("b: no creator is left: must.")
    told = run("match", path)
    assert told.code == 1 and "Note: no creator is left: must." in told.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["none.json"], "none.json is not a file; a brief in words goes to", id="no file"),
        pytest.param([], "name one brief", id="nothing"),
        pytest.param(["--text", "tea", "x.json"], "name one brief", id="two briefs"),
        pytest.param(["-", "-k", "0"], "0 is not in the range 1<=x<=500", id="k of none"),
        pytest.param(["-", "--format", "xml"], "'xml' is not one of 'table', 'json'", id="format"),
        pytest.param(["-"], "stdin is empty", id="empty stdin"),
        pytest.param(["--text", "tea", "--snapshot", "gone"], "holds no snapshot 'gone'", id="snapshot"),
        pytest.param(["--text", "tea", "--encoder", "./none"], "no encoder folder './none'", id="encoder"),
        pytest.param(["--text", " "], "text: must not be empty", id="blank text"),
        pytest.param(["--txt", "tea"], "No such option", id="option"),
    ],
)
def test_wrong_input_ends_with_2_and_a_sentence_on_stderr(run: Any, arguments: list[str], said: str) -> None:
    told = run("match", *arguments)
    assert (told.code, told.out) == (2, "")
    assert said in told.err and "Traceback" not in told.err


def test_no_index_says_how_to_make_one(run: Any, tmp_path: Path) -> None:
    told = run("match", "--text", "tea", indexes=tmp_path)
    assert (told.code, told.out) == (2, "")
    assert "holds no index yet" in told.err and "matcher reindex" in told.err


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "md", "table"])
def test_of_many_briefs_all_are_answered_and_those_that_find_nobody_decide_the_exit_code(
    run: Any, tmp_path: Path, form: str
) -> None:
    nobody = '{"brief_id": "none", "text": "food", "must": {"followers": {"min": 90000000}}}\n'
    path = tmp_path / "briefs.jsonl"
    path.write_text(nobody + '{"brief_id": "some", "text": "food"}\n', "utf-8")
    told = run("match", path, "--format", form, "-k", 2)
    assert told.code == 1
    if form == "jsonl":
        assert [len(json.loads(line)["entries"]) for line in told.out.splitlines()] == [0, 2]
    if form != "table":  # which shows the funnel itself
        assert "none: " in told.err and "some: " not in told.err
    path.write_text('{"text": "food"}\n{"text": "cats"}\n', "utf-8")
    assert run("match", path, "--format", form, "-k", 2).code == 0


def test_a_bad_line_among_many_is_named(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_text('{"text": "cats"}\n{"text": "food", "k": 0}\n', "utf-8")
    told = run("match", path, "--format", "jsonl")
    assert (told.code, told.out) == (2, "")
    assert "line 2" in told.err and "k: must be at least 1 (got 0)" in told.err


def test_indexes_come_from_the_environment(
    run: Any, small_index: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MATCHER_INDEXES", str(small_index.indexes))
    assert run("match", "--text", "tea", "-k", 1, indexes=None).code == 0


def test_a_reader_that_goes_away_is_no_error(small_index: Any, tmp_path: Path) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_text('{"text": "street food", "k": 300}\n' * 3, "utf-8")
    command = f"{sys.executable} -c 'from matcher.apps.cli import main; main()'"
    for form in ("jsonl", "table"):
        script = (
            f"{command} match {path} --format {form} --indexes {small_index.indexes} | head -1; echo ${{PIPESTATUS[0]}}"
        )
        told = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=True)
        assert told.stdout.splitlines()[-1] == "0"
        assert told.stderr == ""


HEAVY = (
    "torch",
    "transformers",
    "pandas",
    "sentence_transformers",
    "fastapi",
    "uvicorn",
    "sklearn",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "xlsxwriter",
    "jinja2",
)


def test_nothing_heavy_is_imported(small_index: Any, run_process: Any) -> None:
    told = run_process(
        "match", "--text", "street food", "--indexes", small_index.indexes, "-k", "5", flags=("-X", "importtime")
    )
    assert told.returncode == 0
    names = {line.split("|")[-1].strip() for line in told.stderr.splitlines() if line.startswith("import time:")}
    assert "matcher.matching.matcher" in names
    assert sorted({name.split(".")[0] for name in names} & set(HEAVY)) == []


def test_the_shortlist_of_a_process_is_that_of_the_library(
    small_index: Any, run_process: Any, matcher: Matcher
) -> None:
    told = run_process("match", "-", "--format", "jsonl", "--indexes", small_index.indexes, input='{"text": "貓"}')
    assert same(json.loads(told.stdout), matcher.match("貓").to_dict())
    assert told.stderr == ""


def test_a_full_disk_under_stdout_is_said_in_a_sentence(small_index: Any, brief_file: Any) -> None:
    run = f"{sys.executable} -c 'from matcher.apps.cli import main; main()'"
    command = f"{run} match {brief_file()} --indexes {small_index.indexes} --format json"
    script = ["bash", "-c", f"{command} > /dev/full"]
    told = subprocess.run(script, capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 2
    assert told.stderr == "Error: the answer cannot be written: No space left on device; write it elsewhere\n"
