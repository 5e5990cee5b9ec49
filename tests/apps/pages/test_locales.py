from typing import Any

import pytest

from matcher.apps.pages.locales import LANGUAGES, choose, formats


@pytest.mark.parametrize(
    ("cookie", "header", "expected"),
    [
        pytest.param(None, None, "en", id="nothing said"),
        pytest.param(None, "zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant", id="Taiwan"),
        pytest.param(None, "vi-VN,vi;q=0.9,en;q=0.5", "vi", id="Vietnam"),
        pytest.param(None, "fr;q=0.9, th;q=0.8, en;q=0.7", "th", id="best of ours"),
        pytest.param(None, "en;q=0.3, th;q=0.8", "th", id="quality before order"),
        pytest.param(None, "th;q=0, en", "en", id="refused"),
        pytest.param(None, "fr, de", "en", id="none of ours"),
        pytest.param("vi", "th", "vi", id="the switch comes first"),
        pytest.param("xx", "th", "th", id="a switch to nothing"),
        pytest.param(None, ";;q=9,,<script>", "en", id="nonsense"),
    ],
)
def test_choose(cookie: str | None, header: str | None, expected: str) -> None:
    assert choose(cookie, header) == expected


@pytest.mark.parametrize(
    ("language", "number", "compact", "percent", "country"),
    [
        ("en", "48,642", "12K", "39%", "Taiwan"),
        ("zh-Hant", "48,642", "1.2 萬", "39%", "台灣"),
        ("vi", "48.642", "12K", "39%", "Đài Loan"),
        ("th", "48,642", "12K", "39%", "ไต้หวัน"),
    ],
)
def test_numbers_and_names(language: str, number: str, compact: str, percent: Any, country: str) -> None:
    write = formats(language)
    assert (write.number(48_642), write.percent(0.394), write.country("TW")) == (number, percent, country)
    assert write.compact(12_000).replace("\xa0", " ") == compact


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_is_a_dash(language: str) -> None:
    write = formats(language)
    said = [write.number(None), write.compact(None), write.percent(None), write.date(None), write.country(None),
            write.language(None)]  # fmt: skip
    assert said == ["–"] * 6


def test_nobody_stands_above_everyone() -> None:
    assert formats("en").place(1.0) == "99%"
    assert formats("en").place(0.505) == "50%"


def test_languages_have_names() -> None:
    assert formats("en").language("zh-Hant") == "Traditional Chinese"
    assert formats("th").language("th") == "ภาษาไทย"  # ไทย alone is the country
    assert formats("en").language("xx") == "xx"


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["846", "3.3K", "15.9K", "1.2M"]),
        ("zh-Hant", ["846", "3,342", "1.6 萬", "123.5 萬"]),
        ("vi", ["846", "3,3K", "15,9K", "1,2M"]),
        ("th", ["846", "3.3K", "15.9K", "1.2M"]),
    ],
)
def test_short_numbers_are_written_as_the_trade_writes_them(language: str, texts: list[str]) -> None:
    write = formats(language)
    assert [write.compact(n).replace("\xa0", " ") for n in (846, 3_342, 15_900, 1_234_567)] == texts


def test_places_and_languages_go_by_their_short_names() -> None:
    assert [formats(own).country("HK") for own in LANGUAGES] == ["Hong Kong", "香港", "Hồng Kông", "ฮ่องกง"]
    assert [formats(own).country("MO") for own in LANGUAGES] == ["Macao", "澳門", "Ma Cao", "มาเก๊า"]
    assert formats("vi").language("zh-Hant") == "Tiếng Trung (Phồn thể)"
