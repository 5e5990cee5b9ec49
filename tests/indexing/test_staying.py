"""Who stays of three creators of whom one was erased, and which rows of other tables are theirs."""

import numpy as np
import pyarrow as pa
import pytest

from matcher.errors import InputError
from matcher.indexing.erasure import Erased
from matcher.indexing.staying import of_those, renumbered, staying, strangers, those_who_stay

CREATORS = pa.table({"creator_id": ["a", "b", "c"]})
NOBODY = Erased(frozenset())
BATCH = pa.record_batch({"creator_row": pa.array([0, 1, 2, 1], pa.int32()), "text": ["p", "q", "r", "s"]})


def test_the_erased_go_and_the_others_close_ranks() -> None:
    table, kept = those_who_stay(CREATORS, NOBODY.with_ids(["b"]))
    assert table.column("creator_id").to_pylist() == ["a", "c"]
    assert kept.tolist() == [0, -1, 1]
    assert next(renumbered(iter([BATCH]), kept)).column("creator_row").to_pylist() == [0, -1, 1, -1]


def test_without_an_erasure_all_stay() -> None:
    assert staying(CREATORS, NOBODY).all()
    assert those_who_stay(CREATORS, NOBODY)[1].tolist() == [0, 1, 2]


def test_only_the_rows_of_those_who_stay() -> None:
    [batch] = of_those(iter([BATCH]), np.array([True, False, True]))
    assert batch.column("text").to_pylist() == ["p", "r"]


def test_a_table_of_which_nobody_is_left_is_refused() -> None:
    with pytest.raises(InputError, match="every creator of the table was erased"):
        those_who_stay(CREATORS, NOBODY.with_ids("abc"))
    with pytest.raises(InputError, match="no usable row"):
        those_who_stay(CREATORS.slice(0, 0), NOBODY)


def test_a_warning_for_each_who_is_not_in_the_table() -> None:
    assert [warning[:46] for warning in strangers(CREATORS, ["a", "@a"])] == [
        "erase: the creators table holds no '@a' (the k"
    ]
