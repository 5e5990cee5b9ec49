"""The quality of a creator's comments, worked out by hand."""

import numpy as np
import pytest

from matcher.signals.comments.quality import JUDGED, comment_quality, judge


def test_judged_texts() -> None:
    found = judge(["😍", "@ann", "I wear these on gravel every day", "Which size do you wear?", "word " * 300])
    assert found["empty"].tolist() == [True, False, False, False, False]
    assert found["depth"] == pytest.approx([0.0, 0.2, np.log(8) / np.log(31), np.log(6) / np.log(31) + 0.2, 1.0])


def judged(*rows: tuple[float, float, bool]) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    found = np.zeros(len(rows), JUDGED)
    for i, (spam, depth, empty) in enumerate(rows):
        found[i]["spam"], found[i]["depth"], found[i]["empty"] = spam, depth, empty
    return found


def test_shares() -> None:
    comments = judged(*[(0.9, 0.8, False)] * 2, *[(0.1, 0.5, False)] * 5, *[(0.1, 0.0, True)] * 3, (0.9, 1.0, False))
    creator = np.array([0] * 10 + [1])
    found = comment_quality(comments, creator, np.arange(11), 3)
    assert found.judged.tolist() == [10, 1, 0]
    assert found.suspicious[0] == pytest.approx(0.2)
    assert found.empty[0] == pytest.approx(0.3)
    assert found.quality[0] == pytest.approx(5 * 0.5 / 10)
    for values in (found.suspicious, found.empty, found.quality):
        assert np.isnan(values[1:]).all(), "one comment and none say too little"


def test_copies_are_suspicious() -> None:
    comments = judged(*[(0.0, 0.5, False)] * 10)
    comments["bands"][:4] = [5, 0, 0, 0]
    found = comment_quality(comments, np.zeros(10, np.int64), np.arange(10), 1)
    assert (found.suspicious[0], found.quality[0]) == pytest.approx((0.4, 0.3))
