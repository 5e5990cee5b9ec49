"""Warming: the way of a first reader, without one."""

from unittest.mock import Mock

import pytest

from matcher.apps.pages.locales import LANGUAGES
from matcher.apps.pages.rendering import environment
from matcher.apps.pages.warm import warm_pages
from matcher.matching import Matcher
from matcher.text import language
from matcher.text.langid import load_langid


def test_every_template_of_every_language_is_compiled(matcher: Matcher) -> None:
    environment.cache_clear()
    warm_pages(matcher)
    for code in LANGUAGES:
        env = environment(code)
        assert env.cache is not None
        assert {name for _, name in env.cache} == set(env.list_templates())


def test_what_guesses_the_language_of_a_few_words_is_loaded(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    loads = Mock(side_effect=load_langid)
    monkeypatch.setattr(language, "load_langid", loads)
    warm_pages(matcher)
    loads.assert_called()


def test_a_matcher_that_cannot_answer_is_told(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*asked: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Matcher, "match", fail)
    with pytest.raises(ZeroDivisionError):
        warm_pages(matcher)
