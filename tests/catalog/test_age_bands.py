"""Age bands of any scheme, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.catalog.age_bands import BANDS, band_parts


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *(pytest.param(band, {band: 1.0}, id=f"ours: {band}") for band in BANDS),
        pytest.param("18–24", {"18-24": 1.0}, id="another dash"),
        pytest.param("age18-24", {"18-24": 1.0}, id="as YouTube writes it"),
        pytest.param("18 to 24 years", {"18-24": 1.0}, id="in words"),
        pytest.param("65-", {"65+": 1.0}, id="open, with a dash"),
        pytest.param(">65", {"65+": 1.0}, id="above"),
        pytest.param("18-34", {"18-24": 7 / 17, "25-34": 10 / 17}, id="7 and 10 years"),
        pytest.param("45-64", {"45-54": 0.5, "55-64": 0.5}, id="two bands in one"),
        pytest.param("20-29", {"18-24": 0.5, "25-34": 0.5}, id="across a border"),
        pytest.param("<18", {"13-17": 1.0}, id="below"),
        pytest.param("under 25", {"13-17": 5 / 12, "18-24": 7 / 12}, id="below, cut"),
        pytest.param("0-17", {"13-17": 1.0}, id="children count where we begin"),
        pytest.param("55+", {"55-64": 0.5, "65+": 0.5}, id="an open end is ten years"),
        pytest.param("80-89", {"65+": 1.0}, id="beyond our last border"),
    ],
)
def test_a_band_becomes_ours(written: str, expected: dict[str, float]) -> None:
    found = band_parts(written)
    assert found is not None and dict(found) == pytest.approx(expected)


@pytest.mark.parametrize("written", ["adults", "34-18", "", "0-12", "18", "<13"])
def test_what_names_no_ages_of_ours_is_none(written: str) -> None:
    assert band_parts(written) is None


@given(st.integers(0, 90), st.integers(0, 90))
def test_nobody_is_lost_or_made_up(first: int, last: int) -> None:
    found = band_parts(f"{first}-{last}")
    if found is None:
        assert last < first or last < 13
    else:
        assert sum(part for _, part in found) == pytest.approx(1.0)
