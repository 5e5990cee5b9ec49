"""Text of other people on our pages: whatever it holds, it is only text."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest

from matcher.apps.pages.brief_link import pack
from matcher.apps.pages.rendering import link
from matcher.apps.service.app import create_app
from matcher.apps.settings import Settings
from matcher.apps.storage.jobs import end_job, start_job
from matcher.records import Brief
from tests.apps.local import TestClient
from tests.apps.routes import addresses
from tests.conftest import Tables

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>{{7*7}}"
ONE = 'a"><script>alert(4)</script>'
CREATORS = [
    {"creator_id": ONE, "display_name": EVIL, "bio": EVIL, "platform": "insta<b>gram",
     "handle": EVIL, "followers": 5_000, "country": "TW", "city": EVIL, "categories": [EVIL],
     "contacts": [{"type": EVIL, "value": EVIL}],
     "prices": [{"platform": EVIL, "format": EVIL, "amount": 5, "currency": "USD", "source": "declared"}],
     "audience": [{"status": "measured", "sample_size": 50, "interest": {EVIL: 1.0}, "city": {EVIL: 1.0}}]},
    {"creator_id": "b", "display_name": "Bo"},
]  # fmt: skip
POSTS = [
    {"post_id": f"p{i}", "creator_id": ONE, "text": f"sunscreen {EVIL}", "url": url,
     "published_at": f"2026-10-0{i + 1}T00:00:00Z", "views": 100, "likes": 5, "comments": 1, "sponsored": True,
     "sponsors": [EVIL], "observed_at": "2026-11-10T00:00:00Z"}
    for i, url in enumerate(["javascript:alert(5)", "data:text/html,<script>alert(6)</script>", "https://ok.example/p"])
]  # fmt: skip
BRIEF = Brief.parse(
    {"text": f"sunscreen {EVIL}", "brand": {"name": EVIL, "competitors": [EVIL]},
     "target_audience": {"interest": {EVIL[:190]: 1.0}}, "must": {"keywords": ["sunscreen", EVIL[:190]]},
     "must_not": {"keywords": [EVIL[:190]], "creator_ids": [EVIL[:190]]}}
)  # fmt: skip
OPEN = Brief.parse({"text": f"sunscreen {EVIL}", "brand": {"name": EVIL}})


class Suspicious(HTMLParser):
    """Collects what would run: scripts without a source of ours, handlers, addresses that are code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("img", "iframe", "object", "embed", "base") or (
            tag == "script" and not (given.get("src") or "").startswith("/static/")
        ):
            self.found.append(f"<{tag}>")
        self.found += [name for name in given if name.startswith("on") or name == "style"]
        self.found += [
            v
            for k, v in attrs
            if k in ("href", "src", "action", "hx-get", "data-copy")
            and v
            and not v.startswith(("/", "#", "https://ok.example"))
        ]


def suspicious(html: str) -> list[str]:
    parser = Suspicious()
    parser.feed(html)
    parser.close()
    return parser.found


def test_the_check_sees_what_it_looks_for() -> None:
    assert suspicious('<script>x</script><a onclick="x" href="javascript:x">') == [
        "<script>",
        "onclick",
        "javascript:x",
    ]


@pytest.fixture
def page(matcher_of: Tables) -> TestClient:
    matcher = matcher_of(CREATORS, POSTS)
    return TestClient(create_app(lambda: matcher))


def test_nothing_that_others_wrote_runs(page: TestClient) -> None:
    one = ONE
    paths = [
        ("/shortlist", {"b": pack(BRIEF)}),
        ("/shortlist", {"b": pack(OPEN)}),
        ("/shortlist", {"b": pack(OPEN), "view": "table"}),
        ("/shortlist", {"b": pack(OPEN), "view": EVIL}),
        ("/", {"b": pack(BRIEF)}),
        ("/", {"example": EVIL}),
        (f"/creators/{one.replace('/', '%2F')}", {"b": pack(BRIEF), "contacts": "true"}),
        (f"/reasons/{one.replace('/', '%2F')}", {"b": pack(BRIEF)}),
        (f"/similar/{one.replace('/', '%2F')}", {"b": pack(OPEN)}),
        ("/compare", {"b": pack(OPEN), "id": [one, "b"]}),
        ("/creators/" + EVIL.replace("/", "%2F"), {}),
        ("/index", {"table": EVIL}),
        ("/shortlist", {"b": EVIL}),
    ]
    seen = ""
    for path, query in paths:
        answer = page.get(path, params=query)  # type: ignore[arg-type]
        assert answer.status_code in (200, 400, 404), path
        assert suspicious(answer.text) == [], path
        assert "49" not in answer.text.partition("{{7*7}}")[0][-3:]
        seen += answer.text
    assert "&lt;script&gt;alert(1)" in seen  # it was there, as text
    assert 'href="https://ok.example/p"' in seen


def test_what_the_form_sends_back_is_text(page: TestClient) -> None:
    names = ("must.followers.min", "goal", "must.countries", "brand.name", "must.keywords", "budget.amount", "k",
             "budget.currency", "target_audience.country.segment")  # fmt: skip
    form = dict.fromkeys(names, EVIL)
    answer = page.post("/", data={"text": EVIL, "b": "", **form})
    assert answer.status_code == 422
    assert suspicious(answer.text) == []
    assert page.post("/", data={"text": "x", "b": EVIL}, follow_redirects=False).status_code == 303


def test_no_page_runs_what_was_saved_or_asked_for(page: TestClient) -> None:
    app: Any = page.app
    browser = TestClient(app, headers={"Accept": "text/html"}, follow_redirects=False)
    home = browser.post("/saved", data={"b": pack(OPEN), "pin": ONE}).headers["location"].partition("#")[0]
    rejected = {"creator_id": ONE, "state": "rejected", "reason": EVIL, "note": EVIL, "at": "c1"}
    assert browser.post(f"{home}/decide", data=rejected).status_code == 303
    assert browser.post(f"{home}/change", data={"name": EVIL, "note": EVIL}).status_code == 303
    browser.post(f"{home}/share", data={"start": "1"})
    token = browser.get(home).text.partition('data-copy="/shared/')[2].partition('"')[0]
    job = start_job(app.state.database, {}, 1)
    assert job is not None
    end_job(app.state.database, job.id, "failed", EVIL, {"snapshot_id": EVIL[:60]})

    ids = {"creator_id": ONE, "shortlist_id": home.rpartition("/")[2], "token": token, "name": EVIL, "job_id": EVIL}
    asked = {
        "b": pack(OPEN),
        "id": [ONE, "b"],
        "example": EVIL,
        "view": EVIL,
        "table": EVIL,
        "page": EVIL,
        "state": EVIL,
        "decide": EVIL,
        "by": EVIL,
        "format": EVIL,
        "lang": EVIL,
        "theme": EVIL,
        "back": EVIL,
        "contacts": "true",
    }
    seen, of_page = "", [one for one in addresses(app) if one.of_page and one.method == "GET"]
    assert len(of_page) > 12
    for one in of_page:
        assert set(one.query) <= set(asked), f"say here what {one.path} is to be asked with"
        path = quote(one.path.format(**ids), safe="/")
        for query in (
            {name: asked[name] for name in one.query},
            {"b": EVIL, **dict.fromkeys(one.query, EVIL)},
            {"b": pack(OPEN)},
        ):
            answer = browser.get(
                path, params=query, headers={"X-Request-ID": EVIL, "Cookie": f"matcher_language={EVIL}"}
            )
            assert answer.status_code < 500, (path, query)
            if "html" in answer.headers.get("content-type", ""):
                assert suspicious(answer.text) == [], (path, query)
                seen += answer.text
    for text in (EVIL, quote(EVIL)):
        assert suspicious(browser.get(f"/nowhere/{text}?{text}").text) == []
        assert suspicious(browser.get("/", headers={"Host": text}).text) == []
    assert seen.count("&lt;script&gt;alert(1)") > 30  # it was there, as text


def test_an_address_that_begins_as_another_sites_is_tried_again_here(matcher_of: Tables) -> None:
    app = create_app(lambda: matcher_of(CREATORS, POSTS), settings=Settings(require_key=True))
    answer = TestClient(app, headers={"Accept": "text/html"}).get("http://localhost//evil.example/x?a=1")
    assert answer.status_code == 401
    assert 'href="/evil.example/x?a=1">Try again</a>' in answer.text
    assert 'href="//' not in answer.text and "back=%2F%2F" not in answer.text
    assert link("//evil.example/x", b="y") == "/evil.example/x?b=y"
