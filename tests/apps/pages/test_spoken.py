"""No page in another language shows a sentence of the engine in English."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from matcher.apps.pages.brief_link import pack
from matcher.apps.pages.wording import wording
from matcher.apps.service.app import create_app
from matcher.errors import NoSnapshot
from matcher.matching import Matcher
from matcher.records import Brief
from matcher.records.said import Said
from tests.apps.local import TestClient
from tests.apps.pages.conftest import BRIEFS, TRANSLATED

WISHES = Brief.parse(
    {
        "text": "a gentle sunscreen, shown in daylight",
        "k": 8,
        "weights": {"relevance": 0.6, "audience": 0.2, "engagement": 0.2},
        "target_audience": {"age": {"18-24": 0.5, "25-34": 0.3}, "gender": {"female": 0.8, "male": 0.2},
                            "country": {"TW": 1}, "language": {"zh-Hant": 1}, "interest": {"beauty": 0.6, "food": 0.4}},
        "must": {"platforms": ["instagram", "tiktok", "youtube"], "followers": {"min": 100},
                 "account_kinds": ["person"]},
        "should": {"tiers": ["micro"], "has_contact": True, "price": {"max": 300, "currency": "USD"},
                   "languages": ["zh-Hant"], "last_post_within_days": 60},
        "must_not": {"worked_with": ["competitor"], "creator_ids": ["nobody"]},
    }
)  # fmt: skip
STRICT = Brief.parse(
    {
        "text": "cats",
        "must": {"followers": {"min": 9e7}, "countries": ["TW"], "engagement_rate": {"min": 0.9}, "has_contact": True,
                 "credibility": {"min": 0.99}, "last_post_within_days": 1, "languages": ["th"], "tiers": ["mega"],
                 "price": {"max": 1, "currency": "USD"}, "audience_country": {"TW": 0.99}, "platforms": ["youtube"],
                 "account_kinds": ["label"], "keywords": ["zebra"], "categories": ["nothing"]},
    }
)  # fmt: skip
BRIEF_TEXT = "10k followers, budget 5000, not on TikTok, men and women 20-30 in Japan, engagement rate 3%, Vietnam"


def sentences(value: Any) -> Iterator[Said]:
    """Everything said in an answer, but what is the same in every language: figures and names alone."""
    if isinstance(value, Said):
        if in_words(value):
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from sentences(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from sentences(inner)


def in_words(said: Said) -> bool:
    """Whether there is anything to translate in it."""
    inner = [part for value in said.values.values() for part in (value if isinstance(value, tuple) else (value,))]
    own = re.search("[a-z]{2}", re.sub("{.*?}", "", said.template))
    return bool(own) or any(isinstance(part, Said) and in_words(part) for part in inner)


def spoken(page: TestClient, path: str, language: str) -> str:
    """The text of a page in a language; nothing of it is marked as the engine's English."""
    answer = page.get(path, headers={"accept-language": language, "accept": "text/html"})
    assert f'<html lang="{language}"' in answer.text or "/reasons/" in path
    assert '<span lang="en">' not in answer.text, re.findall('<span lang="en">[^<]*', answer.text)[:3]
    assert 'detail" lang="en"' not in answer.text
    return html.unescape(answer.text)


def holds(text: str, said: list[Said], language: str) -> None:
    """The page has what was said in its own words, and not in English."""
    assert said
    for sentence in said:
        own = wording(language)(sentence)
        assert own != sentence and (own in text or wording(language).line(sentence) in text), sentence
        assert str(sentence) not in text


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("brief", [BRIEFS["th"], WISHES, STRICT], ids=["demo", "wishes", "strict"])
def test_a_shortlist_and_its_reasons(page: TestClient, matcher: Matcher, brief: Brief, language: str) -> None:
    link, found = pack(brief), matcher.match(brief)
    for view in ("cards", "table"):
        text = spoken(page, f"/shortlist?b={link}&view={view}", language)
        told = [caution.detail for entry in found.entries for caution in entry.cautions] + [*found.warnings]
        holds(text, list(sentences(told)), language) if told else None
    for creator_id in [matcher.index.creator_id(row) for row in (2, 60)]:
        why = matcher.explain(brief, creator_id)
        notes = [part.note for part in why.contributions]
        holds(spoken(page, f"/reasons/{creator_id}?b={link}", language), list(sentences(notes)), language)
        notes += [failed.found for failed in why.failed_filters]
        told = [
            *notes,
            *(caution.detail for caution in why.cautions),
            *((why.authenticity and why.authenticity.reasons) or ()),
        ]
        holds(spoken(page, f"/creators/{creator_id}?b={link}", language), list(sentences(told)), language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_beside_it(page: TestClient, matcher: Matcher, language: str) -> None:
    link, ids = pack(WISHES), [matcher.index.creator_id(row) for row in (1, 2, 3)]
    together = matcher.overlap(ids)
    text = spoken(page, f"/compare?b={link}&" + "&".join(f"id={one}" for one in ids), language)
    holds(text, list(sentences([together.note, *together.warnings])), language)
    for by in ("content", "audience"):
        spoken(page, f"/similar/{ids[0]}?by={by}", language)
    forecasts = matcher.forecast(ids[0]).to_dict()
    holds(spoken(page, f"/creators/{ids[0]}", language), list(sentences(forecasts)), language)
    said = [*sentences(matcher.index.manifest.warnings)]
    assert len(said) == len(matcher.index.manifest.warnings)  # read back from the manifest with their templates
    text = spoken(page, "/index", language)
    assert all(wording(language)(one) in text for one in said)


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("path", ["/shortlist?b=zzz", "/creators/nobody", "/saved/nothing", "/shared/nothing",
                                  "/nowhere", "/static/nothing.css",
                                  f"/export?b={pack(WISHES)}&format=exe"])  # fmt: skip
def test_failures(page: TestClient, path: str, language: str) -> None:
    assert re.search('class="hint detail"', spoken(page, path, language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_without_an_index(language: str) -> None:
    def nothing() -> Matcher:
        raise NoSnapshot("indexes holds no index yet.")

    with TestClient(create_app(nothing)) as client:
        assert "indexes holds no index yet" in client.get("/", headers={"accept-language": language}).text


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_brief_that_is_wrong_and_one_that_is_read(page: TestClient, language: str) -> None:
    headers = {"accept-language": language}
    form = {"text": "x", "must.countries": "Narnia", "must.followers.min": "9", "must.followers.max": "2", "k": "0",
            "must_not.brand_safety": "noise", "goal": "fame", "must.tiers": "huge"}  # fmt: skip
    wrong = page.post("/", data=form, headers=headers)
    assert wrong.status_code == 422 and '<span lang="en">' not in wrong.text
    read = page.post("/understood", data={"text": BRIEF_TEXT}, headers=headers)
    assert read.status_code == 200 and "(" in read.text and '<span lang="en">' not in read.text


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_saved_shortlist_is_translated_too(page: TestClient, matcher: Matcher, language: str) -> None:
    place = page.post("/saved", data={"b": pack(WISHES)}).headers["location"]
    notes = [part.note for entry in matcher.match(WISHES).entries for part in entry.contributions]
    holds(spoken(page, place, language), list(sentences(notes)), language)


def test_what_was_saved_before_stays_english(page: TestClient) -> None:
    """A row of an older version has no templates: it is shown as it is, and marked as English."""
    from matcher.apps.pages.saved_view import saved_view
    from matcher.apps.storage.records import SavedShortlist

    note = {"signal": "relevance", "value": 0.5, "weight": 1.0, "contribution": 0.5, "percentile": 0.5}
    entry = {"rank": 1, "creator_id": "c1", "display_name": "Ann", "score": 0.5, "evidence": [], "cautions": [],
             "contributions": [note | {"status": "measured", "note": "All is well."}]}  # fmt: skip
    shortlist = {"brief_id": "b", "snapshot_id": "s", "method_version": "7", "created_at": "2026-11-21T00:00:00Z",
                 "entries": [entry], "funnel": [], "warnings": []}  # fmt: skip
    view = saved_view(SavedShortlist("s", "Spring", "", {"text": "cats"}, shortlist, None, "", ""))
    assert not isinstance(view.shortlist.entries[0].contributions[0].note, Said)
