"""Rejected rows on the index page: counted, in pages, by table, and only text."""

import json
import re
from pathlib import Path

import pytest

from matcher.apps.pages.index_view import PER_PAGE, rejects
from matcher.apps.service.app import create_app
from matcher.catalog import Catalog
from tests.apps.local import TestClient
from tests.apps.pages.test_hostile import CREATORS, EVIL, POSTS, suspicious
from tests.conftest import Tables

ROWS = [
    {"table": "posts", "file": "p.jsonl", "line": n, "field": "likes", "value": f"<b>{n}</b>", "reason": "not a number"}
    for n in range(2 * PER_PAGE + 7)
]
ROWS += [dict.fromkeys(("table", "file", "line", "field", "value", "reason"), EVIL), {"table": "creators"}]


def write(indexes: Path, lines: list[str]) -> None:
    (indexes / "rejects.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def page(matcher_of: Tables) -> TestClient:
    matcher = matcher_of(CREATORS, POSTS)
    write(matcher.index.folder.parent, [json.dumps(row) for row in ROWS])
    return TestClient(create_app(lambda: matcher))


def lines_of(html: str) -> list[str]:
    """What the rows of the table say in the column of lines."""
    return re.findall(r'<td class="num">([^<]*)</td><td>', html.partition('class="dense rejects"')[2])


def test_rows_come_in_pages_of_one_table_or_of_all(page: TestClient) -> None:
    def shown(**query: str | int) -> list[str]:
        return lines_of(page.get("/index", params=query).text)

    assert shown() == [str(n) for n in range(PER_PAGE)]
    assert shown(page=2) == [str(n) for n in range(PER_PAGE, 2 * PER_PAGE)]
    assert shown(page=3)[:7] == [str(n) for n in range(2 * PER_PAGE, 2 * PER_PAGE + 7)]
    assert len(shown(page=3)) == 9
    assert shown(table="posts", page=3) == shown(page=3)[:7]
    assert shown(page=999) == shown(page=3)
    assert shown(page=0) == shown(page=-5) == shown()
    assert shown(table="creators") == ["–"]
    assert shown(table="nothing") == shown()


def test_the_pager_keeps_the_table(page: TestClient) -> None:
    html = page.get("/index", params={"table": "posts", "page": 2}).text
    assert 'href="/index?table=posts&amp;page=1#rejects"' in html
    assert 'href="/index?table=posts&amp;page=3#rejects"' in html
    assert "<span>2 / 3</span>" in html


def test_what_stands_in_a_row_is_text(page: TestClient) -> None:
    for query in ({"page": 3}, {"table": EVIL}):
        html = page.get("/index", params=query).text
        assert suspicious(html) == []
        assert "&lt;script&gt;alert(1)" in html
    assert "<b>3</b>" not in page.get("/index").text.partition("rejects")[2]


def test_lines_that_are_no_rows_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, ["[]", "7", json.dumps(ROWS[0]), "", json.dumps({"table": None, "line": None})])
    found = rejects(tmp_path)
    assert [row.get("table") for row in found.rows] == ["posts", None]
    assert (found.total, found.pages, found.cut) == (2, 1, False)


def test_a_file_that_is_cut_off_shows_what_can_be_read(tmp_path: Path) -> None:
    write(tmp_path, [json.dumps(ROWS[0]), json.dumps(ROWS[1])[:20]])
    assert [row["line"] for row in rejects(tmp_path).rows] == [0]
    assert rejects(tmp_path / "nowhere").total == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "not JSON: Expecting value at column 6"), ("vi", "không phải JSON: thiếu giá trị ở cột 6")],
)
def test_a_reason_with_values_is_said_in_the_readers_language(matcher_of: Tables, language: str, said: str) -> None:
    matcher = matcher_of(CREATORS, POSTS)
    indexes = matcher.index.folder.parent
    posts = indexes.parent / "spoiled.jsonl"
    posts.write_text('{"a":\n', encoding="utf-8")
    with Catalog.open(
        creators=indexes.parent / "creators.jsonl", posts=posts, rejects=indexes / "rejects.jsonl", max_reject_share=1.0
    ) as catalog:
        assert list(catalog.posts()) == []
    (row,) = map(json.loads, (indexes / "rejects.jsonl").read_text(encoding="utf-8").splitlines())
    assert row["reason"] == "not JSON: Expecting value at column 6"
    html = TestClient(create_app(lambda: matcher)).get("/index", headers={"accept-language": language}).text
    assert html.count(said) == 2  # counted, and at its row
