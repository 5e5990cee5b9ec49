"""Keys as hashes, against plain Python sets and dicts."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from matcher.catalog.keys import KeyIndex, KeySet, hash_strings

texts = st.text(max_size=40) | st.text(alphabet="ab\x00", max_size=300)


@given(st.lists(texts), st.integers(0, 5))
def test_equal_strings_hash_alike_and_others_do_not(values: list[str], skip: int) -> None:
    array = pa.array(["x" * n for n in range(skip)] + values, pa.string()).slice(skip)
    hashes = hash_strings(array).tolist()
    assert dict(zip(values, hashes, strict=True)) == {v: int(hash_strings(pa.array([v]))[0]) for v in values}
    assert len(set(hashes)) == len(set(values))


@given(st.lists(st.lists(st.text(max_size=3), max_size=20), max_size=12))
def test_a_key_set_is_a_set(batches: list[list[str]]) -> None:
    keys, seen = KeySet(), set[str]()
    for batch in batches:
        new = keys.add_new(hash_strings(pa.array(batch, pa.string()))).tolist()
        for value, is_new in zip(batch, new, strict=True):
            assert is_new == (value not in seen)
            seen.add(value)
    everything = [value for batch in batches for value in batch] + ["never added"]
    assert keys.contains(hash_strings(pa.array(everything))).tolist() == [v in seen for v in everything]
    assert len(keys) == len(seen)


def test_a_key_index_gives_row_numbers() -> None:
    index = KeyIndex(pa.chunked_array([["a", "b"], ["c"]]))
    assert index.rows(hash_strings(pa.array(["c", "x", "a", None]))).tolist() == [2, -1, 0, -1]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert KeyIndex(pa.chunked_array([], pa.string())).rows(hash_strings(pa.array(["a"]))).tolist() == [-1]


def test_a_hundred_thousand_like_ids_do_not_collide() -> None:
    ids = pa.array([f"yt_{n:08d}" for n in range(100_000)])
    assert len(set(hash_strings(ids).tolist())) == 100_000


def test_long_keys_are_told_apart_too() -> None:
    long = ["台" * 200 + end for end in ("", "a", "b")]
    hashes = hash_strings(pa.array([*long, long[1]])).tolist()
    assert len(set(hashes)) == 3 and hashes[1] == hashes[3]
