"""The built-in sentences: as many as promised, none twice, each in its own script."""

import unicodedata
from itertools import chain

import pytest

from matcher.retrieval.encoders.check.sentences import LANGUAGES, sentences

SCRIPTS = {"en": "LATIN", "zh-Hant": "CJK", "vi": "LATIN", "th": "THAI"}
VIETNAMESE_ONLY = set("ăâđêôơưàảãạằẳẵắặầẩẫấậèẻẽẹềểễếệìỉĩíịòỏõọồổỗốộờởỡớợùủũụừửữứựỳỷỹýỵáéóú")
SIMPLIFIED_ONLY = set(
    "们这个说还没对时会过发开关门车东书长马鸟鱼龙云电话语见观让谁钱饭买卖爱听网页岁婴汤条盐鸡养账宝贝练习"
)


def scripts(text: str) -> set[str]:
    """First words of the names of a text's letters."""
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


def test_so_many_of_each() -> None:
    given = sentences()
    assert [len(given.translations[language]) for language in LANGUAGES] == [200] * 4
    assert [len(given.synonyms[language].texts) for language in LANGUAGES] == [40] * 4
    assert [len(given.opposites[language].texts) for language in LANGUAGES] == [25] * 4
    assert [len(given.tags[language].texts) for language in LANGUAGES] == [16] * 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_twice(language: str) -> None:
    given = sentences()
    pairs, triplets, tags = given.synonyms[language], given.opposites[language], given.tags[language]
    for texts in (
        given.translations[language],
        (*pairs.texts, *pairs.same),
        (*triplets.texts, *triplets.same, *triplets.other),
        (*tags.texts, *tags.same),
    ):
        assert len({text.casefold() for text in texts}) == len(texts)
        assert all(text == text.strip() and text for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_in_its_own_script(language: str) -> None:
    given = sentences()
    pairs, triplets = given.synonyms[language], given.opposites[language]
    for text in chain(
        given.translations[language], pairs.texts, pairs.same, triplets.texts, triplets.same, given.tags[language].same
    ):
        assert SCRIPTS[language] in scripts(text), text
        assert scripts(text) <= {SCRIPTS[language], "LATIN"}, text


def test_vietnamese_is_written_with_its_accents() -> None:
    for text in sentences().translations["vi"]:
        assert VIETNAMESE_ONLY & set(unicodedata.normalize("NFC", text.lower())), text


def test_chinese_is_traditional() -> None:
    for text in sentences().translations["zh-Hant"]:
        assert not SIMPLIFIED_ONLY & set(text), text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (0, ("The crispiest fried chicken", "炸雞", "Gà rán", "ไก่ทอด")),
        (40, ("Sunscreen that does not leave", "防曬", "chống nắng", "กันแดด")),
        (134, ("How often to water a monstera", "龜背芋", "trầu bà", "มอนสเตอร่า")),
        (199, ("How we planned a garden wedding", "婚禮", "đám cưới", "งานแต่ง")),
    ],
)
def test_lines_stay_together(line: int, expected: tuple[str, ...]) -> None:
    found = [sentences().translations[language][line] for language in LANGUAGES]
    assert all(part in text for part, text in zip(expected, found, strict=True)), found
