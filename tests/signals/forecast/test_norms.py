"""What is usual among peers, by hand."""

import numpy as np
import pytest

from matcher.signals.forecast.norms import CREATORS_OF_A_NORM, SHRINKAGE_CREATORS, Norms

IG, YT = 0, 1


def keys(*rows: tuple[int, int]) -> np.ndarray:
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def test_a_group_is_drawn_towards_the_one_around_it() -> None:
    """Ten creators post at 2 on one platform, in one format; the whole corpus has its middle at 4."""
    assert SHRINKAGE_CREATORS == 10
    rows = keys(*[(IG, 0)] * 10, *[(YT, 0)] * 10)
    norms = Norms.learn(rows, np.array([2.0] * 10 + [6.0] * 10), np.arange(20))
    assert norms.level[()] == 4.0
    assert norms.level[(IG,)] == pytest.approx(3.0)
    assert norms.level[(IG, 0)] == pytest.approx(2.5)
    level, spread, creators, depth = norms.of(keys((IG, 0), (IG, 9), (7, 0)))
    assert level == pytest.approx([2.5, 3.0, np.nan], nan_ok=True)
    assert spread == pytest.approx([0.5 * 0.5 * norms.spread[()], 0.5 * norms.spread[()], np.nan], nan_ok=True)
    assert (creators.tolist(), depth.tolist()) == ([10, 10, 0], [2, 1, 0])


def test_a_handful_of_creators_has_no_norm_of_its_own() -> None:
    rows = keys(*[(IG, 0)] * CREATORS_OF_A_NORM, *[(IG, 1)] * (CREATORS_OF_A_NORM - 1))
    norms = Norms.learn(rows, np.arange(len(rows), dtype=np.float64), np.arange(len(rows)))
    assert (IG, 0) in norms.level and (IG, 1) not in norms.level
    assert norms.of(keys((IG, 1)))[3].tolist() == [1]


def test_those_without_a_middle_do_not_count_and_nobody_is_nothing() -> None:
    rows = keys(*[(IG, 0)] * 6)
    norms = Norms.learn(rows, np.array([1.0, 1.0, 1.0, 1.0, 1.0, np.nan]), np.arange(6))
    assert norms.creators[(IG, 0)] == 5
    nobody = Norms.learn(rows, np.full(6, np.nan), np.arange(6))
    assert np.isnan(nobody.of(rows)[0]).all()


def test_a_creator_of_several_formats_is_one_creator_of_its_platform() -> None:
    rows = keys(*[(IG, 0)] * 6, *[(IG, 1)] * 6)
    norms = Norms.learn(rows, np.ones(12), np.tile(np.arange(6), 2))
    assert norms.creators == {(): 6, (IG,): 6, (IG, 0): 6, (IG, 1): 6}
