"""The first way of a reader, gone before any reader comes: what is loaded, compiled or read late is there by then."""

from __future__ import annotations

from fastapi import Request

from matcher.apps.pages.brief_link import pack
from matcher.apps.pages.locales import LANGUAGES
from matcher.apps.pages.rendering import environment
from matcher.apps.pages.routes.briefs import write_brief
from matcher.apps.pages.routes.shortlists import show_shortlist
from matcher.apps.pages.samples import samples
from matcher.matching import Matcher

OF_NO_LANGUAGE = "sunscreen"
"""A brief whose language only the classifier can guess, which is loaded late; whole sentences are told without it."""


def warm_pages(matcher: Matcher) -> None:
    """
    Write a brief and look at its shortlist, in every language of the page, and match a text that names no language;
    raises what a reader would meet.
    """
    matcher.match(OF_NO_LANGUAGE)
    for language, sample in zip(LANGUAGES, samples(), strict=True):
        matcher.match(sample.text)
        link = pack(sample)
        for template in environment(language).list_templates():
            environment(language).get_template(template)
        request = Request({"type": "http", "path": "/", "query_string": b"", "headers": [_accepts(language)]})
        write_brief(request, lambda: matcher, b=link)
        show_shortlist(request, lambda: matcher, b=link)


def _accepts(language: str) -> tuple[bytes, bytes]:
    return b"accept-language", language.encode()
