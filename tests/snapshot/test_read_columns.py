"""Some rows of an Arrow table, column by column, whatever its chunks, offsets and gaps."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.snapshot.files import load_table, read_columns

TEXTS = ["one", None, "", "四 🌶️", "năm", None, "seven", "ở", "nine"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=["string", "large string"])
@pytest.mark.parametrize("cut", [slice(0, 9), slice(2, 9), slice(3, 4)], ids=["whole", "sliced", "one row"])
def test_texts_are_read_from_sliced_arrays_with_gaps(kind: pa.DataType, cut: slice) -> None:
    chunk = pa.array(TEXTS, kind)[cut.start : cut.stop]
    wanted = [*range(len(chunk))][::-1]
    assert read_columns(pa.table({"text": chunk}), wanted, ["text"]) == [TEXTS[cut][::-1]]


def test_rows_come_from_the_chunk_that_holds_them_in_the_order_asked() -> None:
    table = pa.table(
        {
            "text": pa.chunked_array([["a", "b"], [], ["c"], [None, "e"]], pa.large_string()),
            "count": pa.chunked_array([[1, 2], [], [3], [4, None]], pa.int64()),
        }
    )
    assert read_columns(table, [4, 0, 3, 2, 2], ["count", "text"]) == [[None, 1, 4, 3, 3], ["e", "a", None, "c", "c"]]


def test_no_rows_give_empty_columns() -> None:
    assert read_columns(pa.table({"a": ["x"], "b": [1]}), [], ["a", "b"]) == [[], []]


def test_a_column_without_any_text_has_no_content_buffer() -> None:
    assert read_columns(pa.table({"a": pa.nulls(3, pa.string())}), [2, 0], ["a"]) == [[None, None]]


@given(texts=st.lists(st.none() | st.text(max_size=8), min_size=1, max_size=40), data=st.data())
def test_what_is_read_from_a_file_is_what_was_written(
    texts: list[str | None], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = pa.table({"text": pa.array(texts, pa.large_string())})
    path: Path = tmp_path_factory.mktemp("table") / "table.arrow"
    with pa.ipc.new_file(str(path), table.schema) as file:
        file.write_table(table, max_chunksize=7)
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=20))
    assert read_columns(load_table(path), rows, ["text"]) == [[texts[row] for row in rows]]
