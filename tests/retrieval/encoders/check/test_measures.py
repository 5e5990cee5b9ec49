"""The measures of the check, worked out by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from matcher.retrieval.encoders.check.figures import EncoderCheck, LanguageFigures
from matcher.retrieval.encoders.check.measures import Rows, found_first, nearer

NORTH, EAST, SOUTH, BETWEEN, NOTHING = [0, 1], [1, 0], [0, -1], [0.8, 0.6], [0, 0]


def rows(*vectors: Sequence[float]) -> Rows:
    return np.array(vectors, dtype=np.float32)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(rows(NORTH, EAST), 1.0, id="each its own"),
        pytest.param(rows(EAST, NORTH), 0.0, id="crossed"),
        pytest.param(rows(NORTH, BETWEEN), 1.0, id="near enough"),
        pytest.param(rows(BETWEEN, SOUTH), 0.5, id="east is nearer to the other's"),
        pytest.param(rows(NORTH, NORTH), 0.0, id="a tie is no find"),
        pytest.param(rows(NOTHING, EAST), 0.5, id="nothing is not found"),
        pytest.param(rows(NOTHING, NOTHING), 0.0, id="nothing at all"),
    ],
)
def test_found_first(found: Rows, expected: float) -> None:
    assert found_first(rows(NORTH, EAST), found) == expected


def test_nearer() -> None:
    asked = rows(NORTH, NORTH, EAST, EAST)
    same, other = rows(NORTH, EAST, BETWEEN, NORTH), rows(EAST, NORTH, NORTH, NORTH)
    assert nearer(asked, same, other) == 0.5  # right, wrong, right, a tie


def test_the_mean_leaves_out_what_is_not_measured() -> None:
    english = LanguageFigures("en", True, None, 0.9, 0.3, 0.6)
    thai = LanguageFigures("th", False, 0.2, 0.4, 0.4, 0.6)
    assert [english.mean, thai.mean] == pytest.approx([0.6, 0.4])
    check = EncoderCheck("e", "f", 2, 1000.0, 0.5, (english, thai))
    assert check.of("th") is thai
    with pytest.raises(KeyError):
        check.of("de")
    assert check.to_dict()["figures"][1] == {
        "language": "th", "covered": False, "translations": 0.2, "synonyms": 0.4, "opposites": 0.4, "tags": 0.6,
        "mean": 0.4,
    }  # fmt: skip
