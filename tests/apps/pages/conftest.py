"""The page over the small index, asked as a browser asks."""

import importlib.util
from collections.abc import Iterator
from types import ModuleType

import pytest

from matcher.apps.pages.brief_link import pack
from matcher.apps.pages.locales import CATALOGUES, LANGUAGES
from matcher.apps.service.app import create_app
from matcher.apps.storage import Database
from matcher.demo import briefs
from matcher.matching import Matcher
from matcher.records import Brief
from tests.apps.local import TestClient

BRIEFS = {data["language"]: Brief.parse(data) for data in briefs()}
LINKS = {language: pack(brief) for language, brief in BRIEFS.items()}
"""The demo world's briefs by language, as links."""


TRANSLATED = [language for language in LANGUAGES if language != "en"]


@pytest.fixture(scope="session")
def catalogues() -> ModuleType:
    """The script that keeps the catalogues."""
    spec = importlib.util.spec_from_file_location("catalogues", CATALOGUES.parents[4] / "scripts" / "catalogues.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def database() -> Database:
    """A database of its own, in memory."""
    return Database()


@pytest.fixture(scope="session")
def page(matcher: Matcher) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: matcher), follow_redirects=False) as client:
        yield client
