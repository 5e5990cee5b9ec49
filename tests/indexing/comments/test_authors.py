"""Authors: people can be counted, nobody can be named."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from matcher.indexing.comments.authors import NOBODY, Salt, author_hashes
from matcher.indexing.erasure import Erased

SALT = Salt(b"0123456789abcdef")
NONE = Erased(frozenset())


def test_equal_ids_give_equal_numbers_under_one_salt_alone() -> None:
    ann, ben, again = SALT.hashes(["ann", "ben", "ann"]).tolist()
    assert ann == again != ben
    assert SALT.hashes([]).tolist() == []
    assert Salt(b"fedcba9876543210").hashes(["ann"])[0] != ann


def test_a_null_and_an_erased_creator_are_nobody() -> None:
    column = pa.array(["ann", None, "ben", "ann"])
    found = author_hashes(column, SALT, NONE.with_ids(["ben"]))
    assert found.tolist() == [*SALT.hashes(["ann"]), NOBODY, NOBODY, *SALT.hashes(["ann"])]
    assert author_hashes(pa.array([None, None], pa.string()), SALT, NONE).tolist() == [0, 0]


def test_a_salt_is_inherited_and_made_anew_where_it_cannot_be(tmp_path: Path) -> None:
    SALT.save(tmp_path)
    assert Salt.inherited(tmp_path) == SALT
    assert Salt.inherited(None) != Salt.inherited(None)
    (tmp_path / "salt.hex").write_text("no salt")
    assert len(Salt.inherited(tmp_path).key) == 16
    assert np.unique(SALT.hashes(map(str, range(1000)))).size == 1000
