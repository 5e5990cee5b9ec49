"""The pages over HTTP: what they answer, what they say, and where they lead."""

import re

import pytest

from matcher.apps.pages.brief_link import pack, unpack
from matcher.apps.pages.rendering import static
from matcher.apps.service.app import create_app
from matcher.errors import NoSnapshot
from matcher.matching import Matcher
from matcher.records import Brief
from tests.apps.local import TestClient
from tests.apps.pages.conftest import BRIEFS, LINKS

MAX_PAGE_BYTES = 400_000


@pytest.mark.parametrize("path", ["/", "/?example=sunscreen-taiwan", "/index", "/shortlist?b={b}", "/look",
                                  "/shortlist?view=table&b={b}", "/creators/{id}", "/creators/{id}?b={b}",
                                  "/similar/{id}", "/similar/{id}?by=audience", "/reasons/{id}?b={b}",
                                  "/compare?b={b}&id={id}", "/static/page.css"])  # fmt: skip
def test_every_page_answers_under_a_strict_policy(page: TestClient, matcher: Matcher, path: str) -> None:
    answer = page.get(path.format(b=LINKS["vi"], id=matcher.index.creator_id(5)))
    assert answer.status_code in (200, 303)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    if "html" in answer.headers.get("content-type", ""):
        assert not re.search(r"<script(?![^>]* src=)[^>]*>|\son\w+=|\sstyle=|javascript:", answer.text)


def test_brief_goes_from_the_form_to_its_shortlist(page: TestClient, matcher: Matcher) -> None:
    form = {"text": "street food in Hanoi", "must.countries": "VN", "must.followers.min": "1,000", "k": "5", "b": ""}
    answer = page.post("/", data=form)
    assert answer.status_code == 303
    brief = unpack(answer.headers["location"].partition("b=")[2])
    assert (brief.text, brief.must.countries, brief.k) == ("street food in Hanoi", ("VN",), 5)
    html = page.get(answer.headers["location"]).text
    for entry in matcher.match(brief).entries:
        assert f"/creators/{entry.creator_id}?" in html


def test_what_is_wrong_stands_beside_its_field(page: TestClient) -> None:
    answer = page.post("/", data={"text": "", "must.followers.min": "lots", "k": "15"})
    assert answer.status_code == 422
    assert 'id="error-text"' in answer.text and 'id="error-must.followers"' in answer.text
    assert re.search(r'<textarea id="text"[^>]* aria-invalid="true" aria-describedby="error-text"', answer.text)
    assert 'value="lots"' in answer.text  # nothing that was written is lost


def test_weights_lead_to_a_brief_that_has_them(page: TestClient) -> None:
    link = LINKS["en"]
    answer = page.get("/shortlist", params={"b": link, "w.relevance": "10", "w.audience": "80", "w.engagement": "10"})
    assert answer.status_code == 303
    weighed = unpack(re.search(r"[?&]b=([^&]+)", answer.headers["location"])[1])  # type: ignore[index]
    assert dict(weighed.weights) == {"relevance": 0.1, "audience": 0.8, "engagement": 0.1}
    assert weighed.model_copy(update={"weights": {}}) == BRIEFS["en"]
    none = page.get("/shortlist", params={"b": link, "w.relevance": "0", "w.audience": "x", "w.hack": "9"})
    assert unpack(re.search(r"[?&]b=([^&]+)", none.headers["location"])[1]).weights == {}  # type: ignore[index]


def test_nobody_left_shows_how_to_loosen(page: TestClient) -> None:
    brief = Brief.parse({"text": "cats", "must": {"followers": {"min": 99_000_000}}})
    html = page.get("/shortlist", params={"b": pack(brief)}).text
    assert "Nobody is left" in html
    assert re.search(r'<details class="funnel panel" open>', html)
    assert "Drop this condition" in html and "Widen to" in html


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/shortlist?b=zzz", 400, "This link does not work"),
        ("/shortlist", 400, "This link does not work"),
        ("/creators/nobody", 404, "This creator is not in the index"),
        ("/similar/nobody", 404, "This creator is not in the index"),
        ("/static/..%2Fapp.py", 404, ""),
        ("/static/nothing.css", 404, "There is nothing at this address"),
        ("/export?b={b}&format=exe", 404, ""),
    ],
)
def test_failures_are_pages(page: TestClient, path: str, status: int, said: str) -> None:
    answer = page.get(path.format(b=LINKS["th"]))
    assert answer.status_code == status
    assert said in answer.text


def test_no_index_yet_says_how_to_make_one() -> None:
    def none() -> Matcher:
        raise NoSnapshot("indexes holds no index yet.")

    with TestClient(create_app(none)) as client:
        for path in ("/", f"/shortlist?b={LINKS['en']}"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert "There is no index yet" in answer.text and "matcher reindex" in answer.text


def test_pages_are_light(page: TestClient, matcher: Matcher) -> None:
    own = sum(len(page.get(static(name)).content) for name in ("page.css", "page.js", "htmx.min.js", "icon.svg"))
    for path in ("/", f"/shortlist?b={LINKS['en']}", f"/creators/{matcher.index.creator_id(3)}?b={LINKS['en']}"):
        assert len(page.get(path).content) + own < MAX_PAGE_BYTES


def test_a_static_file_may_be_kept_for_good(page: TestClient) -> None:
    answer = page.get(static("page.css"))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert page.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("/index", "/index"),
        (f"/shortlist?b={LINKS['en']}", f"/shortlist?b={LINKS['en']}"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
    ],
)
def test_the_switch_leads_back_and_never_elsewhere(page: TestClient, back: str, expected: str) -> None:
    answer = page.get("/look", params={"lang": "th", "theme": "dark", "back": back})
    assert (answer.status_code, answer.headers["location"]) == (303, expected)
    assert "matcher_language=th" in answer.headers["set-cookie"]
    assert "x=1" not in answer.headers["set-cookie"]
    page.cookies.clear()


def test_contacts_are_shown_only_where_asked_for(page: TestClient, matcher: Matcher) -> None:
    row = int(matcher.index.creators.has_contact.argmax())
    contact = matcher.index.creator_table.column("contacts")[row].as_py()[0]["value"]
    path = f"/creators/{matcher.index.creator_id(row)}"
    assert contact not in page.get(path).text
    assert contact in page.get(path, params={"contacts": "true"}).text


def test_the_page_is_no_part_of_the_http_interface(page: TestClient) -> None:
    assert not [
        path for path in page.get("/openapi.json").json()["paths"] if not path.startswith(("/v1", "/h", "/r", "/m"))
    ]


def test_compare_takes_two_to_four(page: TestClient, matcher: Matcher) -> None:
    ids = [matcher.index.creator_id(row) for row in range(6)]
    five = page.get("/compare", params={"b": LINKS["en"], "id": ids[:5]}).text
    assert [f'href="/creators/{one}?' in five for one in ids[:5]] == [True] * 4 + [False]
    assert "Whom they reach together" in five
    assert "Choose two to four creators" in page.get("/compare", params={"b": LINKS["en"], "id": ids[:1]}).text


@pytest.mark.parametrize(
    ("form", "begins"), [("csv", b"\xef\xbb\xbfrank,"), ("json", b"{"), ("md", b"# Shortlist"), ("xlsx", b"PK")]
)
def test_a_fresh_shortlist_can_be_kept_as_a_file(page: TestClient, form: str, begins: bytes) -> None:
    answer = page.get("/export", params={"b": LINKS["en"], "format": form})
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"] == f'attachment; filename="sunscreen-taiwan.{form}"'
