"""Countries by code, by name, and by a name that is nearly right."""

import pytest

from matcher.codes.countries import country_code, country_like, country_name, country_of


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("tw", "TW"), ("UK", "GB"), ("Taiwan", "TW"), ("台灣", "TW"), ("臺灣", "TW"),
        ("Viet Nam", "VN"), ("việt nam", "VN"),
        ("ไทย", "TH"), ("Hong Kong", "HK"), ("香港", "HK"), ("USA", "US"), ("The Netherlands", "NL"), ("VNM", "VN"),
        ("U.S.", "US"), ("the UK", "GB"), ("Britain", "GB"), ("Hong Kong SAR", "HK"), ("中華民國", "TW"),
        ("south korea", "KR"), ("日本", "JP"), ("Deutschland", "DE"), ("Atlantis", None), ("", None), ("XQ", None),
    ],
)  # fmt: skip
def test_a_country(written: str, code: str | None) -> None:
    assert country_of(written) == code


@pytest.mark.parametrize(("written", "expected"), [("tw", "TW"), (" GB ", "GB"), ("uk", "GB"), ("Taiwan", None)])
def test_a_code(written: str, expected: str | None) -> None:
    assert country_code(written) == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [("Tawan", "TW"), ("Thialand", "TH"), ("vietnma", "VN"), ("ไต้หวนั", "TW"), ("Atlantis", None), ("XX", None),
     ("", None), ("w" * 10_000, None)],
)  # fmt: skip
def test_a_country_that_may_have_been_meant(written: str, code: str | None) -> None:
    assert country_like(written) == code


def test_the_english_name_of_a_code() -> None:
    assert [country_name(code) for code in ("TW", "VN", "XQ")] == ["Taiwan", "Vietnam", "XQ"]
