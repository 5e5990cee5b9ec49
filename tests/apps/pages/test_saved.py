"""Saved shortlists on the page: keep, decide, share, export, forget."""

import json

import pytest

from matcher.apps.pages.brief_link import pack
from matcher.apps.pages.routes.saved import shorten
from matcher.apps.service.app import create_app
from matcher.matching import Matcher
from matcher.records import Brief
from tests.apps.local import TestClient
from tests.apps.pages.conftest import BRIEFS, LINKS


@pytest.fixture
def page(matcher: Matcher) -> TestClient:
    return TestClient(create_app(lambda: matcher), follow_redirects=False)


@pytest.fixture
def home(page: TestClient) -> str:
    """A saved shortlist's address."""
    return page.post("/saved", data={"b": LINKS["en"]}).headers["location"]


def ids(matcher: Matcher) -> list[str]:
    return [entry.creator_id for entry in matcher.match(BRIEFS["en"]).entries]


def test_saving_keeps_the_answer_as_it_is(page: TestClient, matcher: Matcher, home: str) -> None:
    html = page.get(home).text
    assert "<h1>Dewroot</h1>" in html
    for creator_id in ids(matcher):
        assert f"/creators/{creator_id}?" in html
    found = json.loads(page.get(f"{home}/export", params={"format": "json"}).text)
    assert [entry["creator_id"] for entry in found["shortlist"]["entries"]] == ids(matcher)
    assert f'href="{home}"' in page.get("/saved").text


def test_pin_saves_and_pins_at_once(page: TestClient, matcher: Matcher) -> None:
    second = ids(matcher)[1]
    answer = page.post("/saved", data={"b": LINKS["en"], "pin": second})
    assert answer.headers["location"].endswith("#c2")
    html = page.get(answer.headers["location"].partition("#")[0]).text
    assert '<li class="card shortlisted" id="c2">' in html


def test_decisions_on_one_fresh_list_go_to_one_saved_list(page: TestClient, matcher: Matcher) -> None:
    first, second, third = ids(matcher)[:3]

    def home(**form: str) -> str:
        where: str = page.post("/saved", data={"b": LINKS["en"], **form}).headers["location"]
        return where.partition("#")[0].partition("?")[0]

    kept = home()
    assert home(pin=first) == home(pin=second) == home(reject=third) == kept
    html = page.get(kept).text
    assert [f'<li class="card shortlisted" id="c{rank}">' in html for rank in (1, 2, 3)] == [True, True, False]
    assert page.get("/saved").text.count('href="/saved/') == 1
    other = home()  # saved once more on purpose
    assert other != kept and home(pin=third) == other
    elsewhere = matcher.match(BRIEFS["vi"]).entries[0].creator_id
    assert home(b=LINKS["vi"], pin=elsewhere) not in (kept, other)


def test_reject_asks_for_the_reason_first(page: TestClient, matcher: Matcher) -> None:
    third = ids(matcher)[2]
    answer = page.post("/saved", data={"b": LINKS["en"], "reject": third})
    home, _, rest = answer.headers["location"].partition("?")
    assert rest == f"decide={third}#c3"
    assert page.get(answer.headers["location"].partition("#")[0]).text.count('noprint" open>') == 1
    assert page.post(f"{home}/decide", data={"creator_id": third, "state": "rejected"}).status_code == 422
    page.post(
        f"{home}/decide", data={"creator_id": third, "state": "rejected", "reason": "Off <b>brand</b>", "at": "c3"}
    )
    html = page.get(home).text
    assert "Off &lt;b&gt;brand&lt;/b&gt;" in html
    assert page.get(f"{home}?state=rejected").text.count('<li class="card') == 1
    page.post(f"{home}/decide", data={"creator_id": third, "state": ""})
    assert "brand&lt;/b&gt;" not in page.get(home).text


def test_name_note_and_sharing(page: TestClient, home: str) -> None:
    page.post(f"{home}/change", data={"name": "Spring", "note": "For Mei"})
    html = page.get(home).text
    assert "<h1>Spring</h1>" in html and "For Mei" in html
    page.post(f"{home}/share", data={"start": "1"})
    token = page.get(home).text.partition('data-copy="/shared/')[2].partition('"')[0]
    shared = page.get(f"/shared/{token}").text
    assert "<h1>Spring</h1>" in shared and "<form" not in shared and "/creators/" not in shared
    page.post(f"{home}/share", data={"stop": "1"})
    assert page.get(f"/shared/{token}").status_code == 404


def test_forgetting(page: TestClient, home: str) -> None:
    assert page.post(f"{home}/delete", data={"sure": "1"}).headers["location"] == "/saved"
    gone = page.get(home)
    assert (gone.status_code, "This shortlist is not here" in gone.text) == (404, True)
    assert "Nothing saved yet" in page.get("/saved").text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 303, id="no browser"),
        pytest.param({"sec-fetch-site": "same-origin"}, 303, id="our own page"),
        pytest.param({"sec-fetch-site": "cross-site"}, 403, id="another site"),
        pytest.param({"sec-fetch-site": "same-site"}, 403, id="a neighbour"),
        pytest.param({"origin": "http://localhost"}, 303, id="older browser, ours"),
        pytest.param({"origin": "https://evil.example"}, 403, id="older browser, another"),
        pytest.param({"origin": "null"}, 403, id="hidden origin"),
    ],
)
def test_other_sites_send_no_forms_in_a_reader_s_name(page: TestClient, headers: dict[str, str], status: int) -> None:
    assert page.post("/saved", data={"b": LINKS["en"]}, headers=headers).status_code == status


def test_only_forms_are_taken(page: TestClient) -> None:
    assert page.post("/saved", json={"b": LINKS["en"]}).status_code == 415
    assert page.post("/saved", data={str(i): "x" for i in range(2_001)}).status_code == 413


def test_a_long_brief_saved_over_http_is_shown_without_a_link(page: TestClient) -> None:
    text = "".join(chr(0x4E00 + (i * 7919) % 20_000) for i in range(9_000))
    kept = page.post(
        "/v1/shortlists", json={"brief": Brief(text=text, k=3).model_dump(mode="json", exclude_defaults=True)}
    )
    assert page.get(f"/saved/{kept.json()['id']}").status_code == 200


def test_a_long_brand_name_is_cut_where_a_list_is_named_after_it(page: TestClient) -> None:
    brief = Brief.parse({"text": "sunscreen", "brand": {"name": "B" * 300}})
    home = page.post("/saved", data={"b": pack(brief)}).headers["location"]
    found = json.loads(page.get(f"{home}/export", params={"format": "json"}).text)
    assert found["name"] == "B" * 200


@pytest.mark.parametrize(("at", "end"), [("c3", "#c3"), ("\u4e2d", ""), ("c\u0663", ""), ("c3\n", ""), ("x", "")])
def test_only_a_place_of_the_list_is_gone_back_to(
    page: TestClient, matcher: Matcher, home: str, at: str, end: str
) -> None:
    answer = page.post(f"{home}/decide", data={"creator_id": ids(matcher)[2], "state": "shortlisted", "at": at})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{home}{end}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sunscreen", "Sunscreen"),
        ("one\n  two", "one two"),
        (
            "Skin care creators in Taiwan, ideally on Instagram, 10k-300k",
            "Skin care creators in Taiwan, ideally on Instagram…",
        ),
        ("防" * 70, "防" * 59 + "…"),
    ],
)
def test_a_list_without_a_name_goes_by_the_beginning_of_its_brief(text: str, expected: str) -> None:
    assert shorten(text + (" followers" if text.endswith("300k") else "")) == expected
