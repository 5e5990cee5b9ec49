"""Cities in the reader's language."""

import pytest

from matcher.apps.pages.cities import CITIES, city
from matcher.apps.pages.locales import LANGUAGES
from matcher.apps.pages.wording import wording


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("台北", ["Taipei", "台北", "Đài Bắc", "ไทเป"]),
        ("臺北", ["Taipei", "台北", "Đài Bắc", "ไทเป"]),
        ("Hà Nội", ["Hanoi", "河內", "Hà Nội", "ฮานอย"]),
        ("danang", ["Da Nang", "峴港", "Đà Nẵng", "ดานัง"]),
        ("กรุงเทพ", ["Bangkok", "曼谷", "Băng Cốc", "กรุงเทพฯ"]),
        ("new_york", ["New York", "紐約", "New York", "นิวยอร์ก"]),
        ("Portland", ["Portland"] * 4),
        ("", [""] * 4),
    ],
)
def test_a_city_by_its_name_in_each_language(written: str, names: list[str]) -> None:
    assert [wording(language).city(written) for language in LANGUAGES] == names


def test_no_name_is_that_of_two_cities() -> None:
    for language in LANGUAGES:
        assert [city(wording(language).city(name)) for name in CITIES] == list(CITIES)
