"""The page where keys are needed: a browser asks for one as a password, and each key sees its own."""

import pytest

from matcher.apps.service.app import create_app
from matcher.apps.settings import Settings
from matcher.apps.storage import Database
from matcher.apps.storage.keys import make_key
from matcher.matching import Matcher
from tests.apps.local import TestClient
from tests.apps.pages.conftest import LINKS


@pytest.fixture
def page(matcher: Matcher, database: Database) -> TestClient:
    app = create_app(lambda: matcher, database, Settings(require_key=True))
    return TestClient(app, follow_redirects=False)


def password(database: Database, *scopes: str) -> tuple[str, str]:
    """What a reader types into the browser's question: any name, and the key."""
    return ("reader", make_key(database, "a key", scopes)[1])


@pytest.mark.parametrize("path", ["/", "/index", f"/shortlist?b={LINKS['en']}", "/saved", "/creators/c000001"])
def test_without_a_key_the_browser_asks_for_one(page: TestClient, database: Database, path: str) -> None:
    answer = page.get(path)
    assert (answer.status_code, "Basic" in answer.headers["www-authenticate"]) == (401, True)
    assert page.get(path, auth=password(database, "match", "read")).status_code == 200


def test_shared_lists_and_our_own_files_need_none(page: TestClient, database: Database) -> None:
    reader = password(database, "match")
    home = page.post("/saved", data={"b": LINKS["en"]}, auth=reader).headers["location"]
    page.post(f"{home}/share", data={"start": "1"}, auth=reader)
    shared = page.get(home, auth=reader).text.partition('data-copy="')[2].partition('"')[0]
    assert page.get(shared).status_code == 200
    assert page.get("/static/page.css").status_code == 200


def test_another_key_s_list_is_not_there(page: TestClient, database: Database) -> None:
    home = page.post("/saved", data={"b": LINKS["en"]}, auth=password(database, "match")).headers["location"]
    other = password(database, "match")
    assert page.get(home, auth=other).status_code == 404
    assert page.post(f"{home}/delete", data={"sure": "1"}, auth=other).status_code == 404
    assert home not in page.get("/saved", auth=other).text


def test_contacts_and_reindexes_need_their_scopes(page: TestClient, database: Database, matcher: Matcher) -> None:
    path, reader = f"/creators/{matcher.index.creator_id(1)}", password(database, "match", "read")
    assert page.get(path, params={"contacts": "true"}, auth=reader).status_code == 403
    assert page.get(path, params={"contacts": "true"}, auth=password(database, "read", "contacts")).status_code == 200
    assert page.post("/index/reindex", data={"start": "1"}, auth=reader).status_code == 403


@pytest.mark.parametrize(
    ("path", "scope"),
    [("/", "match"), ("/saved", "match"), ("/creators/c000001", "read"), ("/index", "read"), ("/index/jobs", "admin")],
)
def test_the_page_asks_for_the_scopes_that_the_interface_does(
    page: TestClient, database: Database, path: str, scope: str
) -> None:
    for one in ("match", "read", "contacts", "admin"):
        status = page.get(path, auth=password(database, one)).status_code
        assert status == (200 if one in (scope, "admin") else 403), one


def test_rejected_rows_and_logs_are_for_administrators(page: TestClient, database: Database) -> None:
    reader, admin = (page.get("/index", auth=password(database, scope)).text for scope in ("read", "admin"))
    for part in ('id="rejects"', 'id="jobs"'):
        assert part not in reader
        assert part in admin
