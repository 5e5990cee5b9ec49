"""Warming: the way of a first reader, without one."""

import pytest

from matcher.apps.pages.locales import LANGUAGES
from matcher.apps.pages.rendering import environment
from matcher.apps.pages.warm import warm_pages
from matcher.matching import Matcher


def test_every_template_of_every_language_is_compiled(matcher: Matcher) -> None:
    environment.cache_clear()
    warm_pages(matcher)
    for language in LANGUAGES:
        env = environment(language)
        assert env.cache is not None
        assert {name for _, name in env.cache} == set(env.list_templates())


def test_a_matcher_that_cannot_answer_is_told(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*asked: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Matcher, "match", fail)
    with pytest.raises(ZeroDivisionError):
        warm_pages(matcher)
