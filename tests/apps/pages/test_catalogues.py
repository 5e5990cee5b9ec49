"""Every text of the page is there in every language, and the compiled catalogues are those of the project."""

import re
import string
from pathlib import Path
from types import ModuleType

import pytest
from jinja2 import TemplateSyntaxError

from matcher.apps.pages.locales import CATALOGUES, catalogue
from tests.apps.pages.conftest import TRANSLATED

SCRIPTS = {"th": "[\u0e00-\u0e7f]", "zh-Hant": "[\u3400-\u9fff]"}
"""Language → the letters that no other language of the page is written in."""


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_lacks_its_translation(catalogues: ModuleType, language: str) -> None:
    found = {message.id: message.string for message in catalogues.read(_path(language)) if message.id}
    wanted = [message.id for message in catalogues.extracted() if message.id]
    assert len(wanted) > 200
    assert [text for text in wanted if text not in found] == []
    assert [text for text in found if text not in wanted] == []  # nothing is left over
    assert [text for text, own in found.items() if not all([own] if isinstance(own, str) else own)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_gaps_to_fill(catalogues: ModuleType, language: str) -> None:
    def gaps(text: str) -> list[str]:
        return sorted(re.findall(r"%\((\w+)\)s", text))

    said = {message.id for message in catalogues.sentences()}  # held to their own gaps in test_wording
    for message in catalogues.read(_path(language)):
        if isinstance(message.id, str) and message.id and message.id not in said:
            assert gaps(message.string) == gaps(message.id), message.id
            assert message.string % dict.fromkeys(gaps(message.id), "x")  # no other percent sign is left in it


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_up_to_date(catalogues: ModuleType, language: str) -> None:
    path = _path(language)
    assert path.with_suffix(".mo").read_bytes() == catalogues.compiled(catalogues.read(path))


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_language_is_written_in_its_own_script(catalogues: ModuleType, language: str) -> None:
    foreign = {own: script for own, script in SCRIPTS.items() if own != language}
    for message in catalogues.read(_path(language)):
        said = "".join(message.string or "")
        assert not [own for own, script in foreign.items() if re.search(script, said)], (message.id, said)


def test_a_broken_template_is_an_error(catalogues: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "fine.html").write_text('{{ _("A text of its own") }}')
    assert "A text of its own" in catalogues.extracted(tmp_path)
    (tmp_path / "broken.html").write_text('{{ _("Another") }}{% if %}')
    with pytest.raises(TemplateSyntaxError):
        catalogues.extracted(tmp_path)


def test_languages_do_not_repeat_english() -> None:
    for language in TRANSLATED:
        said = catalogue(language)
        assert said.gettext("Find creators") != "Find creators"
        assert not set(said.gettext("Must have")) <= set(string.ascii_letters + " ")


def _path(language: str) -> Path:
    return CATALOGUES / language.replace("-", "_") / "LC_MESSAGES" / "pages.po"
