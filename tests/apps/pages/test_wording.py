"""The engine's sentences in the reader's language: order, numbers, names and lists as that language has them."""

import re
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from matcher.apps.pages.locales import LANGUAGES, catalogue
from matcher.apps.pages.wording import Wording, wording
from matcher.errors import EncoderDamaged, EncoderNotFound
from matcher.records.said import AS_CODE, COMMAS, EITHER, SENTENCES, Said, Term, listed, pieces, say, say_n
from matcher.retrieval.encoders import load_encoder
from tests.apps.pages.conftest import TRANSLATED


class Turned:
    """A catalogue that says the end first."""

    def gettext(self, text: str) -> str:
        return {"{share:.1%} of {n:,} in {where}": "{where}: {n:,}, {share:.1%}"}.get(text, text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"<{one}>"


@pytest.mark.parametrize(
    ("language", "text"),
    [("vi", "Đài Loan: 12.345, 62,5%"), ("zh-Hant", "台灣: 12,345, 62.5%"), ("th", "ไต้หวัน: 12,345, 62.5%")],
)
def test_values_go_where_the_language_wants_them(language: str, text: str) -> None:
    words = Wording(language, Turned(), wording(language).formats)  # type: ignore[arg-type]
    said = say("{share:.1%} of {n:,} in {where}", share=0.625, n=12_345, where=Term("TW", "country"))
    assert words(said) == text
    assert words(say_n("{n} post", "{n} posts", 3)) == "<3 post>"


def test_english_and_what_was_not_said_stay() -> None:
    assert wording("en")(say("{n} left", n=3)) == "3 left"
    assert wording("th")("Ann Eats") == "Ann Eats" and wording("th")(None) is None


def test_lists_terms_and_dates() -> None:
    words = wording("zh-Hant")
    assert words(listed(["a", "b", "c"], COMMAS)) == "a、b、c"
    assert words(listed(["a", "b"], EITHER)) == "a或b"
    assert words(listed([say("counted exactly"), "b"], SENTENCES)) == "為精確計數b"
    assert words(say("{first}: {rest}", first=Term("must.followers", "place"), rest=date(2026, 11, 21))) == (
        "必要條件「粉絲數」「2026年11月21日」"
    )
    assert wording("vi")(listed([Term("shop", "kind"), Term("tiktok", "platform")])) == "cửa hàng, TikTok"
    assert words(listed([])) == ""


def test_names_of_languages_have_no_capital_within_a_sentence() -> None:
    words = wording("vi")
    said = say("{share:.0%} speaking {segment}", share=0.4, segment=Term("vi", "language"))
    assert words(said) == "40% nói tiếng Việt"
    assert words(say("{share:.0%} in {segment}", share=0.4, segment=Term("VN", "country"))) == "40% ở Việt Nam"


def test_a_sentence_alone_begins_with_a_capital_and_a_field_as_it_is() -> None:
    said = say("there is no brief {id!r} here; list them with GET /v1/briefs", id="b1")
    assert wording("vi").line(said).startswith("Ở đây không có brief “b1”")
    assert wording("en").line(said).startswith("There is no brief 'b1' here")
    assert wording("zh-Hant").line(said) == wording("zh-Hant")(said)
    for field in ("must.followers: 3", "as_of is later", "creators: 2 rows", "k is 0"):
        assert wording("en").line(Said.of(field)) == field
    assert wording("en").line("an id of somebody") == "an id of somebody" and wording("en").line(None) is None


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_with_its_gaps(catalogues: ModuleType, language: str) -> None:
    def gaps(text: str) -> set[tuple[str, str]]:
        """Names and formats; a language may set quotes of its own around what stands in Python's."""
        return {(name, form.removeprefix(AS_CODE)) for _, name, form in pieces(text) if name is not None}

    own = catalogue(language)
    for message in catalogues.sentences():
        if not message.id:
            continue
        one, many = (message.id, message.id) if isinstance(message.id, str) else message.id
        text = own.gettext(one) if one == many else own.ngettext(one, many, 2)
        assert gaps(text) == gaps(one) | gaps(many), one
        assert text not in (one, many) or not re.search("[A-Za-z]", re.sub("{.*?}", "", one)), one


def test_every_language_has_a_wording() -> None:
    assert all(isinstance(wording(language)(say("counted exactly")), str) for language in LANGUAGES)
    assert not isinstance(wording("vi")(say("counted exactly")), Said)


def test_what_a_file_kept_without_its_template_is_known_again() -> None:
    words = wording("zh-Hant")
    assert words(words.reread("not a number")) == "不是數字"
    assert not isinstance(words.reread("3 values where the header names 2 columns"), Said)
    assert wording("en")(wording("en").reread("not a number")) == "not a number"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_text_is_not_the_header_of_a_catalogue(language: str) -> None:
    assert wording(language)(wording(language).reread("")) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("value", "text"), [(None, "None"), (True, "True"), ([1], "[1]"), (np.int64(3), "3")])
def test_a_value_that_is_no_number_is_its_own_text(language: str, value: object, text: str) -> None:
    assert wording(language)(say("{value}", value=value)) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_as_in_code_stands_so_in_every_language(language: str) -> None:
    said = say("Matcher.open({folder!r}, {n!r})", folder="it's here", n=3)
    assert wording(language)(said) == """Matcher.open("it's here", 3)"""
    assert wording(language)(say("{where!r}", where=Term("TW", "country"))) == "'TW'"


def test_what_an_encoder_lacks_is_said_in_the_readers_language(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderNotFound) as empty:
        load_encoder(str(tmp_path / "empty"))
    assert str(empty.value).startswith(f"encoder folder {tmp_path / 'empty'} is empty.")
    assert wording("vi")(empty.value.message).startswith(f"thư mục bộ mã hóa {tmp_path / 'empty'} trống.")
    (tmp_path / "modules.json").write_text("{", encoding="utf-8")
    with pytest.raises(EncoderDamaged) as broken:
        load_encoder(str(tmp_path))
    assert f"編碼器資料夾 {tmp_path} 中的 modules.json 無法使用：不是 JSON：" in wording("zh-Hant")(
        broken.value.message
    )
