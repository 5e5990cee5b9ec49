"""Files of a saved shortlist: whole, readable, and harmless to whoever opens them."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from tests.apps.service.conftest import Saved

from matcher.apps.service.exports import FORMS, as_csv, as_json, as_markdown, as_xlsx, disposition, file_name
from matcher.apps.storage.records import Decision, SavedShortlist

EVIL = ['=HYPERLINK("http://evil","x")', "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "\n=1"]


def saved_with(text: str) -> SavedShortlist:
    entry: dict[str, Any] = {
        "rank": 1, "creator_id": text, "display_name": text, "score": 0.5, "contributions": [], "evidence": [],
        "cautions": [], "handle": text, "platforms": [], "followers": 5, "country": None, "languages": [],
    }  # fmt: skip
    shortlist = {
        "brief_id": "b", "snapshot_id": "s", "method_version": "1", "created_at": "2026-01-01T00:00:00Z",
        "entries": [entry], "funnel": [], "warnings": [],
    }  # fmt: skip
    decided = (Decision(text, "rejected", text, text, ""),)
    return SavedShortlist("s_1", text, text, {"text": "sunscreen"}, shortlist, "token", "t", "t", decided)


def cells(book: bytes) -> list[Any]:
    found = openpyxl.load_workbook(io.BytesIO(book))
    return [cell for sheet in found.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_is_a_formula(text: str) -> None:
    for cell in cells(as_xlsx(saved_with(text))):
        assert cell.data_type in ("s", "n")
        assert cell.hyperlink is None
        assert not str(cell.value).lstrip().startswith(("=", "+", "-", "@"))
    for row in csv.reader(io.StringIO(as_csv(saved_with(text)).decode("utf-8-sig"), newline="")):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize(
    "text", ["", "\x00\x08\x1f", "\ud800", "a" * 40_000, "防曬 ครีม 🌞\u2028\u202e", "<script>alert(1)</script>"]
)
def test_odd_texts_can_be_exported(text: str) -> None:
    saved = saved_with(text)
    assert len(cells(as_xlsx(saved))) > 10
    assert json.loads(as_json(saved).decode())["id"] == "s_1"
    assert b"token" not in as_json(saved)
    assert as_csv(saved).startswith(b"\xef\xbb\xbf")
    decisions = as_markdown(saved).decode().split("## Decisions")[1]
    assert "<script>" not in decisions


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Spring 2026", "Spring-2026.csv"), ("../../etc/passwd", "etc-passwd.csv"), ('a"\r\nX: y', "a-X-y.csv"),
     ("防曬", "shortlist.csv"), ("a" * 300, "a" * 80 + ".csv"), ("Thai ครีม, 50 %", "Thai-50.csv")],
)  # fmt: skip
def test_a_file_name_is_no_path_and_no_header(name: str, expected: str) -> None:
    assert file_name(saved_with(name), "csv") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Spring", 'attachment; filename="Spring.md"'),
        ("防曬 / 夏", "attachment; filename=\"shortlist.md\"; filename*=UTF-8''%E9%98%B2%E6%9B%AC-%E5%A4%8F.md"),
        ("\r\nX: ü", "attachment; filename=\"X.md\"; filename*=UTF-8''X-%C3%BC.md"),
    ],
)
def test_a_file_keeps_its_name_in_any_language(name: str, expected: str) -> None:
    assert disposition(saved_with(name), "md") == expected


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_shortlist_over_http(client: TestClient, saved: Saved, form: str) -> None:
    kept = saved()
    path = f"/v1/shortlists/{kept['shortlist_id']}"
    client.put(f"{path}/decisions/{kept['creator_id']}", json={"state": "rejected", "reason": "too dear"})
    answer = client.get(f"{path}/export", params={"format": form})
    assert (answer.status_code, answer.headers["content-type"]) == (200, FORMS[form][1])
    assert answer.headers["content-disposition"] == f'attachment; filename="brief.{form}"'
    if form == "xlsx":
        (sheet, about) = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
        header, first, *others = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert len(others) == 4
        row = dict(zip(header, first, strict=True))
        assert (about["B3"].value, row["rank"]) == ("sunscreen", 1)
    elif form == "csv":
        row = next(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    else:
        assert "too dear" in answer.text
        return
    assert (row["creator_id"], row["decision"], row["reason"]) == (kept["creator_id"], "rejected", "too dear")


@pytest.mark.parametrize("form", ["exe", "../csv", "", "CSV"])
def test_a_form_that_there_is_not(client: TestClient, saved: Saved, form: str) -> None:
    path = f"/v1/shortlists/{saved()['shortlist_id']}/export"
    answer = client.get(path, params={"format": form})
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, "format")


def test_overlap_over_http(client: TestClient) -> None:
    answer = client.post("/v1/overlap", json={"creator_ids": ["c000001", "c000002"]})
    assert answer.status_code == 200
    assert [one["creator_id"] for one in answer.json()["members"]] == ["c000001", "c000002"]
    assert client.post("/v1/overlap", json={"creator_ids": []}).status_code == 422
