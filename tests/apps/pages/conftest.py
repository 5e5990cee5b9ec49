"""The page over the small index, asked as a browser asks."""

from collections.abc import Iterator

import pytest

from matcher.apps.pages.brief_link import pack
from matcher.apps.service.app import create_app
from matcher.demo import briefs
from matcher.matching import Matcher
from matcher.records import Brief
from tests.apps.local import TestClient

BRIEFS = {data["language"]: Brief.parse(data) for data in briefs()}
LINKS = {language: pack(brief) for language, brief in BRIEFS.items()}
"""The demo world's briefs by language, as links."""


@pytest.fixture(scope="session")
def page(matcher: Matcher) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: matcher), follow_redirects=False) as client:
        yield client
