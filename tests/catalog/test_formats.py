"""The same rows in every format give the same table; a spoiled row costs that row, a spoiled file the load."""

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.catalog import Catalog, blocks, delimited
from matcher.errors import InputError

from .conftest import CREATOR, POST, Opener, jsonl, rows_of

POSTS: list[dict[str, Any]] = [
    {**POST, "text": 'a "quoted", text\nin two lines', "likes": 5, "hashtags": ["food", "taipei"], "sponsored": True},
    {**POST, "post_id": "p2", "text": "早安 🌞", "likes": None, "hashtags": [], "sponsored": None},
    {**POST, "post_id": "p3", "text": None, "likes": 0, "hashtags": None, "sponsored": False},
]


def as_csv(rows: list[dict[str, Any]], delimiter: str = ",") -> str:
    sink = io.StringIO(newline="")
    writer = csv.DictWriter(sink, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    for row in rows:
        writer.writerow({k: json.dumps(v) if isinstance(v, list) else v for k, v in row.items()})
    return sink.getvalue()


def write(folder: Path, kind: str) -> Path:
    path = folder / f"posts.{kind}"
    if "parquet" in kind:
        sink = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(POSTS), sink)
        content = sink.getvalue()
    else:
        content = (as_csv(POSTS) if "csv" in kind else jsonl(POSTS)).encode()
    if kind.endswith(".zst"):
        content = pa.compress(content, "zstd", asbytes=True)
    path.write_bytes(gzip.compress(content) if kind.endswith(".gz") else content)
    return path


KINDS = [k + c for k in ("jsonl", "csv", "parquet") for c in ("", ".gz", ".zst")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_gives_the_same_posts(kind: str, tmp_path: Path, open_catalog: Opener) -> None:
    rows = rows_of(open_catalog(posts=write(tmp_path, kind)).posts())
    assert [row["post_id"] for row in rows] == ["p1", "p2", "p3"]
    assert [row["text"] for row in rows] == [POSTS[0]["text"], "早安 🌞", None]
    assert [row["likes"] for row in rows] == [5, None, 0]
    assert [row["hashtags"] for row in rows] == [["food", "taipei"], [], None]
    assert [row["sponsored"] for row in rows] == [True, None, False]
    assert [row["source_line"] for row in rows] == ([2, 4, 5] if kind.startswith("csv") else [1, 2, 3])
    assert [row["creator_row"] for row in rows] == [0, 0, 0]


@pytest.mark.parametrize("source", [pd.DataFrame(POSTS), pa.Table.from_pylist(POSTS)], ids=["DataFrame", "Table"])
def test_tables_in_memory_give_the_same_posts(source: Any, open_catalog: Opener) -> None:
    catalog = open_catalog(posts=source)
    rows = rows_of(catalog.posts())
    assert [row["likes"] for row in rows] == [5, None, 0]
    assert [row["hashtags"] for row in rows] == [["food", "taipei"], [], None]
    assert [row["source_line"] for row in rows] == [1, 2, 3]
    assert catalog.total_rows("posts") == 3
    again = open_catalog(posts=source.copy() if isinstance(source, pd.DataFrame) else source)
    assert catalog.sources[-1].content_hash == again.sources[-1].content_hash


def test_a_folder_of_mixed_files_is_read_in_the_order_of_names(tmp_path: Path, open_catalog: Opener) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "b.csv").write_text(as_csv([{**POST, "post_id": "second"}]), "utf-8")
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(jsonl([{**POST, "post_id": "first"}]).encode()))
    (folder / "_SUCCESS").write_text("")
    (folder / "notes.txt").write_text("not a table")
    catalog = open_catalog(posts=folder)
    rows = rows_of(catalog.posts())
    assert [row["post_id"] for row in rows] == ["first", "second"]
    assert [catalog.sources[row["source_file"]].name for row in rows] == [
        str(folder / "a.jsonl.gz"),
        str(folder / "b.csv"),
    ]
    assert any("notes.txt" in warning for warning in catalog.warnings)


def test_a_source_is_known_by_its_content(tmp_path: Path, open_catalog: Opener) -> None:
    import xxhash

    source = open_catalog().sources[1]
    assert (source.table, source.bytes) == ("posts", len(jsonl([POST])))
    assert source.content_hash == xxhash.xxh3_128(jsonl([POST]).encode()).hexdigest()


def test_numbers_written_as_text_in_one_json_line_do_not_spoil_the_others(open_catalog: Opener) -> None:
    rows = [{**POST, "likes": 3}, {**POST, "post_id": "p2", "likes": "1,234"}, {**POST, "post_id": "p3", "likes": 2.0}]
    assert [row["likes"] for row in rows_of(open_catalog(posts=rows).posts())] == [3, 1234, 2]


def test_types_may_drift_between_blocks(monkeypatch: pytest.MonkeyPatch, open_catalog: Opener) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 512)
    drifting: list[dict[str, Any]] = [
        {"published_at": 1777624200},
        {"published_at": "2026-05-01"},
        {"hashtags": "#a #b", "extra": {"x": 1}},
    ]
    rows = [{**POST, "post_id": f"p{n}", **drifting[n // 20]} for n in range(60)]
    catalog = open_catalog(posts=rows)
    found = rows_of(catalog.posts())
    assert [row["post_id"] for row in found] == [f"p{n}" for n in range(60)]
    assert [row["source_line"] for row in found] == list(range(1, 61))
    assert found[59]["hashtags"] == ["a", "b"]
    assert catalog.warnings == ["posts: column 'extra' is kept aside, because it is not understood"]


text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(texts=st.lists(text, min_size=1, max_size=30), block=st.integers(16, 300))
def test_any_text_survives_csv_whatever_the_block(tmp_path: Path, texts: list[str], block: int) -> None:
    rows = [{**POST, "post_id": f"p{n}", "text": text} for n, text in enumerate(texts)]
    content = as_csv(rows)
    (tmp_path / "posts.csv").write_bytes(content.encode())
    (tmp_path / "creators.jsonl").write_text(jsonl([CREATOR]))
    before, blocks.BLOCK = blocks.BLOCK, block
    try:
        catalog = Catalog.open(
            creators=tmp_path / "creators.jsonl", posts=tmp_path / "posts.csv", rejects=tmp_path / "rejects.jsonl"
        )
        found = rows_of(catalog.posts())
    finally:
        blocks.BLOCK = before
    assert [row["text"] or "" for row in found] == [text for text in texts]
    starts = [content.encode().count(b"\n", 0, content.encode().index(f"p{n},".encode())) + 1 for n in range(len(rows))]
    assert [row["source_line"] for row in found][:1] == starts[:1]


def test_semicolons_and_tabs_and_a_byte_order_mark(tmp_path: Path, open_catalog: Opener) -> None:
    for delimiter in ";\t":
        path = tmp_path / "posts.csv"
        path.write_text("\ufeff" + as_csv([POST], delimiter), "utf-8")
        assert rows_of(open_catalog(posts=path).posts())[0]["text"] == "hi"


def test_a_column_that_is_there_twice_is_said(tmp_path: Path, open_catalog: Opener) -> None:
    """The first is read, in one piece and record by record alike."""
    for body in ("p1,c1,5,7\n", 'p1,c1,5,7" tv\n'):
        path = tmp_path / "posts.csv"
        path.write_text("post_id,creator_id,likes,likes\n" + body)
        catalog = open_catalog(posts=path)
        assert [row["likes"] for row in rows_of(catalog.posts())] == [5]
        assert catalog.warnings == ["posts: column 'likes' is there several times; the first is read"]


def test_a_required_column_in_other_letters_is_pointed_at(tmp_path: Path, open_catalog: Opener) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("post_id,Creator ID,text\np1,c1,a\n")
    with pytest.raises(InputError, match=r"no column 'creator_id'.* 'Creator ID' looks like it, but names are written"):
        rows_of(open_catalog(posts=path).posts())


CONVERT = "export the file again as UTF-8, or convert it with iconv -f {} -t UTF-8 FILE > NEW"


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize(
    ("text", "codec", "reason"),
    [
        pytest.param("台北美食，今天很好吃", "cp950", f"reads as Big5: {CONVERT.format('CP950')}", id="Big5"),
        pytest.param("今天去北京吃饭，很好吃", "gb18030", f"reads as GB18030: {CONVERT.format('GB18030')}", id="GB"),
        pytest.param("รีวิวร้านอาหารอร่อย", "cp874", f"reads as Windows-874: {CONVERT.format('CP874')}", id="Thai"),
        pytest.param("Café crème", "cp1252", "none of Big5, GB18030, Windows-874 either: export the file again",
                     id="an encoding that is not told"),
    ],
)  # fmt: skip
def test_a_table_of_another_encoding_is_told_the_way_out(
    kind: str, text: str, codec: str, reason: str, tmp_path: Path, open_catalog: Opener, rejects: Any
) -> None:
    rows = [{**POST, "text": f"{text} {n}"} for n in range(3)]
    content = as_csv(rows) if kind == "csv" else "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path = tmp_path / f"posts.{kind}"
    path.write_bytes(content.encode(codec))
    catalog = open_catalog(posts=path)
    assert rows_of(catalog.posts()) == []
    (said,) = {row["reason"] for row in rejects(catalog)}
    assert said.startswith("not UTF-8 text, ") and reason in said


def test_a_spoiled_row_among_good_ones_is_in_no_encoding(tmp_path: Path, open_catalog: Opener, rejects: Any) -> None:
    path = tmp_path / "posts.csv"
    rows = [f"p{n},c1,台北美食\n".encode() for n in range(3)]
    path.write_bytes(b"post_id,creator_id,text\n" + b"".join(rows) + b"p4,c1,\xa5x\xa5_\n")
    catalog = open_catalog(posts=path)
    assert [row["post_id"] for row in rows_of(catalog.posts())] == ["p0", "p1", "p2"]
    assert [row["reason"] for row in rejects(catalog)] == ["not UTF-8 text: export the file again as UTF-8"]


@pytest.mark.parametrize(
    ("content", "found", "command"),
    [
        pytest.param(json.dumps([POST], indent=1), "one JSON array", "jq -c '.[]'", id="an array over lines"),
        pytest.param(json.dumps([POST, POST]), "one JSON array", "jq -c '.[]'", id="an array in one line"),
        pytest.param(f"\n[{json.dumps(POST)},\n{json.dumps(POST)}]", "one JSON array", "jq -c '.[]'", id="by rows"),
        pytest.param(json.dumps(POST, indent=1), "over several lines each", "jq -c .", id="objects over lines"),
    ],
)
def test_json_that_is_no_lines_is_told_how_to_become_some(
    content: str, found: str, command: str, tmp_path: Path, open_catalog: Opener
) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError) as error:
        rows_of(open_catalog(posts=path).posts())
    assert found in str(error.value) and f"{command} {path} > posts.jsonl" in str(error.value)


def test_a_first_line_that_is_a_list_is_one_bad_row(tmp_path: Path, open_catalog: Opener, rejects: Any) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(f"[1, 2]\n{json.dumps(POST)}\n")
    catalog = open_catalog(posts=path)
    assert [row["post_id"] for row in rows_of(catalog.posts())] == ["p1"]
    assert [(row["line"], row["reason"]) for row in rejects(catalog)] == [
        (1, "not a JSON object: expected one object a line")
    ]


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        pytest.param(
            "[]", "A JSON array becomes JSON lines with:  jq -c '.[]' posts.json > posts.jsonl", id="an array"
        ),
        pytest.param('\n[{"a": 1}]\n', "A JSON array becomes JSON lines", id="an array after a blank line"),
        pytest.param('{"a": 1}\n{"a": 2}\n', "It holds JSON lines: call it posts.jsonl", id="lines"),
        pytest.param(
            '{\n "a": 1\n}\n', "JSON objects become JSON lines with:  jq -c . posts.json > posts.jsonl", id="over lines"
        ),
    ],
)
def test_a_json_file_is_told_how_to_become_lines(
    content: str, advice: str, tmp_path: Path, open_catalog: Opener
) -> None:
    path = tmp_path / "posts.json"
    path.write_text(content)
    with pytest.raises(InputError, match=r"no readable kind") as raised:
        open_catalog(posts=path)
    assert advice in str(raised.value)


HEADER = "post_id,creator_id,text\n"


@pytest.mark.parametrize(
    ("body", "kept", "lost"),
    [
        pytest.param('p1,c1,"x\ny"\n\np2,c1,b\n', [("p1", 2), ("p2", 5)], [], id="lines inside quotes, blank lines"),
        pytest.param("p1,c1,a\np2,c1\np3,c1,c,d\np4,c1,d\n", [("p1", 2), ("p4", 5)], [3, 4], id="too few, too many"),
        pytest.param('p1,c1,"never\np2,c1,b\np3,c1,c\n', [("p2", 3), ("p3", 4)], [2], id="a quote that never closes"),
        pytest.param('p1,c1,5" tv\np2,c1,b\n', [("p1", 2), ("p2", 3)], [], id="a stray quote"),
        pytest.param('p1,c1,5" tv\np2,c1,6" tv\n', [("p1", 2), ("p2", 3)], [], id="two stray quotes"),
        pytest.param('p1,c1,"open\np2,c1,b\np3,c1,"good, one"\n', [("p2", 3), ("p3", 4)], [2], id="open, then good"),
        pytest.param("p1,c1,a", [("p1", 2)], [], id="no line break at the end"),
        pytest.param("", [], [], id="a header alone"),
    ],
)
def test_broken_csv_costs_the_broken_record(
    body: str, kept: list[tuple[str, int]], lost: list[int], tmp_path: Path, open_catalog: Opener, rejects: Any
) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(HEADER + body)
    catalog = open_catalog(posts=path)
    assert [(row["post_id"], row["source_line"]) for row in rows_of(catalog.posts())] == kept
    assert [row["line"] for row in rejects(catalog)] == lost


def test_an_open_quote_costs_one_line_of_a_long_file(
    tmp_path: Path, open_catalog: Opener, rejects: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 1000)
    monkeypatch.setattr(delimited, "LONGEST_RECORD", 300)
    lines = [f'p{n},c1,"text, {n}"' if n % 3 else f"p{n},c1,plain" for n in range(500)]
    lines[100] = 'p100,c1,"open'
    path = tmp_path / "posts.csv"
    path.write_text(HEADER + "\n".join(lines) + "\n")
    catalog = open_catalog(posts=path)
    found = rows_of(catalog.posts())
    assert [row["post_id"] for row in found] == [f"p{n}" for n in range(500) if n != 100]
    assert [row["source_line"] for row in found] == [n + 2 for n in range(500) if n != 100]
    assert [row["line"] for row in rejects(catalog)] == [102]


def test_one_line_in_ten_is_broken_json(open_catalog: Opener, rejects: Any) -> None:
    rows: list[Any] = [{**POST, "post_id": f"p{n}"} for n in range(100)]
    rows[9::10] = ['{"post_id": "p', "not json", "[1, 2]", '{"post_id": "x"}{"post_id": "y"}', "5"] * 2
    catalog = open_catalog(posts=rows)
    assert len(rows_of(catalog.posts())) == 90
    found = rejects(catalog)
    assert [row["line"] for row in found] == list(range(10, 101, 10))
    assert {row["table"] for row in found} == {"posts"}
    assert found[2]["reason"] == "not a JSON object: expected one object a line"
    assert all(row["value"] is None for row in found), "a broken line is never quoted: it may hold contacts"


def test_json_that_no_reader_likes(tmp_path: Path, open_catalog: Opener, rejects: Any) -> None:
    lines = [
        jsonl([{**POST, "post_id": "ok"}]).encode(),
        b'{"post_id": "bad-utf8", "creator_id": "c1", "text": "\xff\xfe"}\n',
        b'{"post_id": "surrogate", "creator_id": "c1", "text": "x \\ud83d y"}\n',
        b'{"post_id": "twice", "creator_id": "c1", "text": "a", "text": "b"}\n',
        b'{"post_id": "nan", "creator_id": "c1", "likes": NaN}\r\n',
    ]
    path = tmp_path / "posts.jsonl"
    path.write_bytes(b"".join(lines))
    catalog = open_catalog(posts=path)
    texts = {row["post_id"]: row["text"] for row in rows_of(catalog.posts())}
    assert texts == dict(ok="hi", surrogate="x ? y", twice="b", nan=None)
    assert [(row["line"], row["reason"]) for row in rejects(catalog)] == [
        (2, "not UTF-8 text, and none of Big5, GB18030, Windows-874 either: export the file again as UTF-8")
    ]


def broken(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("posts.csv", bytes(range(256)) * 40, id="binary called .csv"),
        pytest.param("posts.jsonl", bytes(range(256)) * 40, id="binary called .jsonl"),
        pytest.param("posts.csv", gzip.compress(b"post_id,creator_id\n"), id="gzip called .csv"),
        pytest.param("posts.csv", "post_id,creator_id\n".encode("utf-16"), id="UTF-16"),
        pytest.param("posts.parquet", b"PAR1 but nothing more", id="broken Parquet"),
        pytest.param("posts.parquet", b"", id="empty Parquet"),
        pytest.param("posts.jsonl.gz", gzip.compress(jsonl([POST] * 500).encode())[:-20], id="truncated gzip"),
        pytest.param("posts.jsonl.gz", b"plain text", id="no gzip"),
        pytest.param("posts.jsonl.zst", b"plain text", id="no zstd"),
        pytest.param("posts.csv", b"id,creator\n1,2\n", id="missing required column"),
        pytest.param("posts.jsonl", b'{"creator_id": "c1"}\n', id="missing required column in JSON lines"),
        pytest.param("posts.xlsx", b"PK", id="a kind that is not read"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_that_names_it(
    name: str, content: bytes, tmp_path: Path, open_catalog: Opener
) -> None:
    path = broken(tmp_path, name, content)
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        rows_of(open_catalog(posts=path).posts())


def test_truncated_parquet_is_an_error(tmp_path: Path, open_catalog: Opener) -> None:
    whole = write(tmp_path, "parquet")
    path = broken(tmp_path, "cut.parquet", whole.read_bytes()[:-30])
    with pytest.raises(InputError, match=r"cut\.parquet"):
        rows_of(open_catalog(posts=path).posts())


def test_a_path_that_does_not_exist_and_an_empty_folder_are_errors(tmp_path: Path, open_catalog: Opener) -> None:
    with pytest.raises(InputError, match="no file or folder"):
        open_catalog(posts=tmp_path / "nowhere.csv")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no table file"):
        open_catalog(posts=tmp_path / "empty")
    with pytest.raises(InputError, match="int is no source"):
        open_catalog(posts=5)


@pytest.mark.parametrize("name", ["posts.jsonl", "posts.csv"])
def test_an_empty_file_is_an_empty_table(name: str, tmp_path: Path, open_catalog: Opener) -> None:
    catalog = open_catalog(posts=broken(tmp_path, name, b""))
    assert rows_of(catalog.posts()) == []
    assert catalog.counts["posts"].read == 0


def test_long_numeric_ids_keep_every_digit(open_catalog: Opener, tmp_path: Path) -> None:
    long = 17_841_405_822_304_914
    creators = [{"creator_id": long}, {"creator_id": long + 1}]
    posts = [{"post_id": long + n, "creator_id": long + 1} for n in range(2)]
    rows = rows_of(open_catalog(creators=creators, posts=posts).posts())
    assert [(row["post_id"], row["creator_row"]) for row in rows] == [(str(long), 1), (str(long + 1), 1)]


def test_lists_as_pandas_writes_them_to_csv(tmp_path: Path, open_catalog: Opener) -> None:
    frame = pd.DataFrame([{**POST, "hashtags": ["a", "it's"]}, {**POST, "post_id": "p2", "hashtags": []}])
    frame.to_csv(tmp_path / "posts.csv", index=False)
    rows = rows_of(open_catalog(posts=tmp_path / "posts.csv").posts())
    assert [row["hashtags"] for row in rows] == [["a", "it's"], []]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("text", pa.array(["x"], pa.string_view())),
        ("text", pa.array([b"x"], pa.binary())),
        ("text", pa.array(["x"]).dictionary_encode()),
        ("hashtags", pa.array([["x"]], pa.large_list(pa.large_string()))),
        ("hashtags", pa.array([["x"]], pa.list_(pa.string(), 1))),
        ("hashtags", pa.array([["x"]], pa.list_(pa.dictionary(pa.int8(), pa.string())))),
        ("hashtags", pa.array([[{"name": "x"}]])),
        ("likes", pa.array([5], pa.uint64())),
        ("likes", pa.array([5], pa.int8())),
        ("likes", pa.array([5.0], pa.float16())),
        ("likes", pa.array(["5"]).dictionary_encode()),
        ("likes", pa.array([[5]])),
        ("likes", pa.array([None], pa.null())),
        ("likes", pa.array([True])),
        ("published_at", pa.array([1777624200000], pa.timestamp("ms"))),
        ("published_at", pa.array([1777624200], pa.timestamp("s", "Asia/Taipei"))),
        ("published_at", pa.array([20_574], pa.date32())),
        ("published_at", pa.array([5], pa.duration("s"))),
        ("published_at", pa.array(["2026-05-01"], pa.large_string())),
        ("sponsored", pa.array([1], pa.int8())),
        ("language", pa.array(["th"]).dictionary_encode()),
        ("creator_id", pa.array([["c1"]])),
    ],
    ids=lambda value: str(getattr(value, "type", value)),
)
def test_any_arrow_type_is_a_value_or_a_reject_and_never_a_crash(
    name: str, column: pa.Array, open_catalog: Opener
) -> None:
    table = pa.table({n: [v] for n, v in POST.items() if n != name}).append_column(name, column)
    catalog = open_catalog(posts=table)
    rows = rows_of(catalog.posts())
    assert len(rows) + catalog.counts["posts"].rejected == 1
    expected = {"text": "x", "hashtags": ["x"], "likes": 5, "sponsored": True, "language": "th"}
    if rows and rows[0][name] is not None and name in expected:
        assert rows[0][name] == expected[name]
