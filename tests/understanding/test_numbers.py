"""Numbers and ranges as four languages write them."""

import pytest

from matcher.understanding.folded import fold
from matcher.understanding.numbers import numbers
from matcher.understanding.people import age_shares
from matcher.understanding.quantities import quantities


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("10,000", 10_000), ("10.000", 10_000), ("1,234,567", 1_234_567), ("5k", 5_000), ("5 K", 5_000), ("1.5m", 1.5e6),
        ("1,5 triệu", 1.5e6), ("10 nghìn", 10_000), ("10 ngàn", 10_000), ("2 tỷ", 2e9), ("mười nghìn", 10_000),
        ("5萬", 50_000), ("五萬", 50_000), ("三十萬", 300_000), ("兩千五百", 2_500), ("十萬", 100_000), ("1.2億", 1.2e8),
        ("一萬五千", 15_000), ("十八", 18), ("๕๐,๐๐๐", 50_000), ("5 หมื่น", 50_000), ("ห้าแสน", 500_000), ("1 ล้าน", 1e6),
        ("５０００", 5_000), ("two million", 2e6), ("half a million", 5e5), ("USD5000", 5_000),
    ],
)  # fmt: skip
def test_a_number(written: str, value: float) -> None:
    assert [number.value for number in numbers(fold(written).text)] == [value]


@pytest.mark.parametrize("written", ["v2", "#3", "12/25", "千", "百分", "萬一", "no number", "one"])
def test_what_is_no_number(written: str) -> None:
    assert numbers(fold(written).text) == []


@pytest.mark.parametrize(
    ("written", "low", "high", "currency"),
    [
        ("10-50k", 10_000, 50_000, None), ("500-10k", 500, 10_000, None), ("5到10萬", 50_000, 100_000, None),
        ("from 5 to 10", 5, 10, None), ("between 5 and 10", 5, 10, None), ("từ 10 đến 50 nghìn", 10_000, 50_000, None),
        ("1 หมื่นถึง 5 หมื่น", 10_000, 50_000, None), ("at least 5k", 5_000, None, None), ("不超過5萬", None, 50_000, None),
        ("không dưới 20k", 20_000, None, None), ("không quá 20k", None, 20_000, None), ("no more than 5", None, 5, None),
        ("5k+", 5_000, None, None), ("5萬人以上", 50_000, None, None), ("over 1k but under 2k", 1_000, 2_000, None),
        ("NT$5,000", 5_000, 5_000, "TWD"), ("5000 บาท", 5_000, 5_000, "THB"), ("50 triệu đồng", 5e7, 5e7, "VND"),
        ("US$5k-8k", 5_000, 8_000, "USD"), ("€5k to €8k", 5_000, 8_000, "EUR"), ("ไม่เกิน ฿900", None, 900, "THB"),
    ],
)  # fmt: skip
def test_a_quantity(written: str, low: float | None, high: float | None, currency: str | None) -> None:
    (found,) = quantities(fold(written).text)
    assert (found.min, found.max, found.currency) == (low, high, currency)


def test_a_range_that_runs_backwards_is_two_numbers() -> None:
    assert [(one.min, one.max) for one in quantities("50-10")] == [(50, 50), (10, 10)]


@pytest.mark.parametrize(
    ("first", "last", "shares"),
    [
        (18, 34, {"18-24": 0.4118, "25-34": 0.5882}),  # 7 and 10 of 17 years
        (25, 34, {"25-34": 1.0}),
        (13, 17, {"13-17": 1.0}),
        (10, 15, {"13-17": 1.0}),
        (65, 90, {"65+": 1.0}),
        (60, 74, {"55-64": 0.3333, "65+": 0.6667}),  # 5 and 10 of 15
    ],
)
def test_bands_share_by_their_years(first: int, last: int, shares: dict[str, float]) -> None:
    assert age_shares(first, last) == shares
