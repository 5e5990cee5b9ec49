"""Peers: groups merged upwards until they are large enough, and medians of groups."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.signals.opinion import percentiles
from matcher.signals.peers import MERGED, group_medians, peer_groups

IG, YT = 0, 1
NANO, MICRO = 0, 1
TAIWAN, VIETNAM = 0, 1
CHINESE, ENGLISH = 0, 1


def peers_of(rows: Sequence[tuple[int, ...]], least: int) -> list[tuple[int, ...]]:
    """The key of the group of every creator, given as (platform, tier, market) of one language, or with a language."""
    codes = np.array([(*row, CHINESE)[:4] for row in rows])
    platform, market, language = (codes[:, part].astype(np.int16) for part in (0, 2, 3))
    found = peer_groups(platform, codes[:, 1].astype(np.int8), market, language, least)
    keys = [found.keys[group] for group in found.group]
    return keys if len(rows[0]) == 4 else [key[:3] for key in keys]


def test_a_group_that_is_large_enough_stays() -> None:
    rows = [(IG, NANO, TAIWAN)] * 3 + [(YT, NANO, TAIWAN)] * 3
    assert peers_of(rows, least=3) == rows


def test_the_market_is_merged_first_then_the_tier_then_the_platform() -> None:
    rows = [(IG, NANO, TAIWAN)] * 3 + [(IG, NANO, VIETNAM)] * 2 + [(IG, MICRO, TAIWAN)] + [(YT, NANO, TAIWAN)]
    assert peers_of(rows, least=3) == [
        *[(IG, NANO, TAIWAN)] * 3,
        *[(IG, MERGED, MERGED)] * 3,  # 2 in Vietnam and 1 micro are enough together, as the rest of the platform
        (MERGED, MERGED, MERGED),
    ]
    assert peers_of(rows, least=2) == [
        *[(IG, NANO, TAIWAN)] * 3,
        *[(IG, NANO, VIETNAM)] * 2,
        *[(MERGED, MERGED, MERGED)] * 2,
    ]


def test_the_language_is_merged_before_the_market() -> None:
    chinese, english = (IG, NANO, TAIWAN, CHINESE), (IG, NANO, TAIWAN, ENGLISH)
    assert peers_of([chinese] * 3 + [english] * 3, least=3) == [chinese] * 3 + [english] * 3
    assert peers_of([chinese] * 3 + [english, (IG, NANO, TAIWAN, -1)], least=2) == [
        *[chinese] * 3,
        *[(IG, NANO, TAIWAN, MERGED)] * 2,
    ]
    assert (
        peers_of([chinese] * 3 + [english] + [(IG, NANO, VIETNAM, ENGLISH)], least=2)[3:]
        == [(IG, NANO, MERGED, MERGED)] * 2
    )


def test_small_markets_of_one_platform_and_tier_become_one_group() -> None:
    rows = [(IG, NANO, TAIWAN)] * 2 + [(IG, NANO, VIETNAM)] * 2
    assert peers_of(rows, least=3) == [(IG, NANO, MERGED)] * 4


def test_what_is_not_known_is_a_group_of_its_own() -> None:
    rows = [(IG, -1, TAIWAN)] * 3 + [(IG, NANO, TAIWAN)] * 3
    assert peers_of(rows, least=3) == rows


@given(st.lists(st.tuples(*(st.integers(-1, most) for most in (2, 2, 3, 2))), min_size=1), st.integers(1, 9))
def test_every_creator_has_one_group_that_fits_it(rows: Any, least: int) -> None:
    for row, key in zip(rows, peers_of(rows, least), strict=True):
        assert all(part in (own, MERGED) for own, part in zip(row, key, strict=True))


def test_medians_by_hand() -> None:
    values = np.array([3.0, 1.0, 2.0, 10.0, 20.0, np.nan, np.nan])
    found = group_medians(values, np.array([0, 0, 0, 1, 1, 1, 3]), 4)
    assert found == pytest.approx([2.0, 15.0, np.nan, np.nan], nan_ok=True)


@given(arrays(np.float64, st.integers(0, 50), elements=st.floats(-9, 9) | st.just(np.nan)), st.integers(1, 5))
def test_medians_are_those_of_numpy(values: Any, n_groups: int) -> None:
    groups = np.arange(len(values)) % n_groups
    found = group_medians(values, groups, n_groups)
    for group in range(n_groups):
        own = values[(groups == group) & ~np.isnan(values)]
        assert found[group] == pytest.approx(np.median(own) if len(own) else np.nan, nan_ok=True)


def test_percentiles_by_hand() -> None:
    """Of 1, 2, 2, 3: below 2 lies one, equal are two, so (1 + 3) / 8."""
    reference, own = np.array([1.0, 2.0, 2.0, 3.0]), np.zeros(4, np.int64)
    found = percentiles(np.array([0.0, 1.0, 2.0, 9.0]), own, reference, own, least=1)
    assert found.tolist() == [0.0, 0.125, 0.5, 1.0]


def test_a_group_with_few_references_is_compared_with_all() -> None:
    reference, groups = np.array([1.0, 2.0, 3.0, 4.0]), np.array([0, 0, 0, 1])
    found = percentiles(np.array([3.5, 3.5]), np.array([0, 1]), reference, groups, least=2)
    assert found.tolist() == [1.0, 0.75]


def test_without_any_reference_everyone_is_in_the_middle() -> None:
    empty = np.empty(0)
    assert percentiles(np.array([0.3]), np.array([0]), empty, empty, least=1).tolist() == [0.5]


@given(arrays(np.float64, 12, elements=st.floats(0, 1)))
def test_percentiles_grow_with_the_value(values: Any) -> None:
    groups = np.zeros(12, np.int64)
    found = percentiles(values, groups, values, groups, least=1)
    order = np.argsort(values, kind="stable")
    assert (np.diff(found[order]) >= 0).all() and (found >= 0).all() and (found <= 1).all()
    assert found.mean() == pytest.approx(0.5)


def test_no_place_is_told_among_fewer_than_the_least() -> None:
    one, group = np.array([0.9]), np.array([0])
    few, many = np.linspace(0.0, 0.5, 19), np.linspace(0.0, 0.5, 20)
    assert percentiles(one, group, few, np.zeros(19, np.int64)).tolist() == [0.5]
    assert percentiles(one, group, many, np.zeros(20, np.int64)).tolist() == [1.0]
