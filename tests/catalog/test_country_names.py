"""Countries by code and by name."""

import pytest

from matcher.catalog.country_names import country_of


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("tw", "TW"), ("UK", "GB"), ("Taiwan", "TW"), ("台灣", "TW"), ("臺灣", "TW"),
        ("Viet Nam", "VN"), ("việt nam", "VN"),
        ("ไทย", "TH"), ("Hong Kong", "HK"), ("香港", "HK"), ("USA", "US"), ("The Netherlands", "NL"), ("VNM", "VN"),
        ("south korea", "KR"), ("日本", "JP"), ("Deutschland", "DE"), ("Atlantis", None), ("", None), ("XQ", None),
    ],
)  # fmt: skip
def test_a_country(written: str, code: str | None) -> None:
    assert country_of(written) == code
