"""The kinds of file, written and read."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from matcher.errors import SnapshotDamaged
from matcher.snapshot import load_array, load_table, owners, read_json, save_array, spans, write_json


@pytest.mark.parametrize(
    "array",
    [
        np.empty(0, np.float32),
        np.array([np.nan, 1.5], np.float32),
        np.arange(5000, dtype=np.int64).reshape(-1, 2),
        np.array([2**63], np.uint64),
        np.array([True, False]),
    ],
    ids=["empty", "not a number", "large enough to be mapped", "uint64", "bool"],
)
def test_arrays(tmp_path: Path, array: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> None:
    save_array(tmp_path / "a.npy", array)
    found = load_array(tmp_path / "a.npy")
    assert found.dtype == array.dtype
    np.testing.assert_array_equal(found, array)


def test_a_mapped_array_cannot_be_written_to(tmp_path: Path) -> None:
    save_array(tmp_path / "a.npy", np.zeros(5000))
    with pytest.raises(ValueError, match="read-only"):
        load_array(tmp_path / "a.npy")[0] = 1


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY\x01", b"nonsense" * 1000])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    for name, load in (("a.npy", load_array), ("a.arrow", load_table), ("a.json", read_json)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SnapshotDamaged, match=name):
            load(tmp_path / name)
        with pytest.raises(SnapshotDamaged, match="missing"):
            load(tmp_path / f"missing-{name}")


def test_tables(tmp_path: Path) -> None:
    table = pa.table({"text": ["台北", None, ""]})
    with pa.OSFile(str(tmp_path / "t.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    assert load_table(tmp_path / "t.arrow").equals(table)


def test_json(tmp_path: Path) -> None:
    value = {"ไทย": [1, None, 0.5], "b": "臺"}
    write_json(tmp_path / "v.json", value)
    assert read_json(tmp_path / "v.json") == value
    assert "臺" in (tmp_path / "v.json").read_text()
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(tmp_path / "v.json", float("nan"))


def test_spans() -> None:
    assert spans(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert spans(np.empty(0, np.int64), np.empty(0, np.int64)).tolist() == []


def test_owners() -> None:
    assert owners(np.array([0, 2, 2, 5])).tolist() == [0, 0, 2, 2, 2]
