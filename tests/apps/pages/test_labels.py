import re
from types import ModuleType, SimpleNamespace
from typing import Any, get_args

import pytest

from matcher.apps.pages.interests import INTERESTS, interest
from matcher.apps.pages.labels import PROBLEMS, TABLES, label, problem_words
from matcher.apps.pages.locales import LANGUAGES
from matcher.apps.pages.rendering import environment
from matcher.apps.pages.wording import wording
from matcher.errors import BriefError
from matcher.records import AGE_BANDS, GENDERS, Brief, Conditions, Exclusions
from matcher.records.brief import SIGNALS, AccountKind, Goal, Tier
from matcher.records.said import Term, say
from matcher.records.shortlist import Contribution, Status
from matcher.signals.trade import trade_data
from matcher.text import brand_safety_categories
from tests.apps.local import TestClient


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("signal", (*SIGNALS, "preferences")),
        ("goal", get_args(Goal)),
        ("goal_meaning", get_args(Goal)),
        ("kind", get_args(AccountKind)),
        ("tier", get_args(Tier)),
        ("status", get_args(Status)),
        ("status_meaning", get_args(Status)),
        ("gender", GENDERS),
        ("safety", brand_safety_categories()),
        ("condition", (*Conditions.model_fields, *Exclusions.model_fields)),
    ],
)
def test_every_code_of_the_engine_has_words(table: str, codes: tuple[str, ...]) -> None:
    wordless = [code for code in codes if code not in TABLES[table] and code != "worked_with_within_days"]
    assert wordless == []


def test_errors_are_known_by_sentences_that_the_engine_says(catalogues: ModuleType) -> None:
    assert set(PROBLEMS) <= {message.id for message in catalogues.sentences()}


@pytest.mark.parametrize(
    ("brief", "words"),
    [
        ({"text": ""}, "Please fill this in."),
        ({}, "Please fill this in."),
        ({"text": "x", "k": "many"}, "Give a whole number."),
        ({"text": "x", "k": 0}, "This number is too small."),
        ({"text": "x", "k": 10_000}, "This number is too large."),
        ({"text": "x", "must": {"followers": {"min": "some"}}}, "Give a number, such as 12000 or 12k."),
        ({"text": "x", "must": {"followers": {"min": 9, "max": 1}}}, "The lower end is above the upper end."),
        ({"text": "x", "must": {"engagement_rate": {"min": 2}}}, "Give a percentage from 0 to 100."),
        (
            {"text": "x", "must": {"countries": ["Narnia"]}},
            "No country is called so. Give its name, or its two letters such as TW, VN or TH.",
        ),
        ({"text": "x", "must": {"language": ["zh"]}}, None),
    ],
)
def test_an_error_of_a_brief_has_words_of_the_form(brief: dict[str, Any], words: str | None) -> None:
    with pytest.raises(BriefError) as error:
        Brief.parse(brief)
    [(_, what)] = error.value.errors
    assert problem_words(what) == words


def test_what_only_begins_like_an_error_has_no_words() -> None:
    assert problem_words("must be at least a little about food") is None


def test_a_stage_says_what_is_read() -> None:
    assert label("stage", "accounts") == "Reading profiles of followers"


def test_a_new_code_speaks_for_itself() -> None:
    assert label("caution", "pod_suspected") == "Pod suspected"
    assert label("axis", "reply_rate") == "Answers given"
    assert label("axis", "some_new_part") == "Some new part"
    assert label("signal", None) == "–"
    assert label("facet", AGE_BANDS[0]) == "13-17"


@pytest.mark.parametrize(
    ("language", "peers"),
    [("en", "Instagram, Micro, market not known (412)."), ("zh-Hant", "Instagram、微型、市場未知（412 位）。"),
     ("vi", "Instagram, Micro, chưa rõ thị trường (412)."), ("th", "Instagram, ไมโคร, ไม่ทราบตลาด (412)")],
)  # fmt: skip
def test_a_market_that_is_not_known_is_said_in_the_readers_language(language: str, peers: str) -> None:
    group = {"platform": "instagram", "tier": "micro", "market": "unknown", "creators": 412}
    found = SimpleNamespace(
        rate=0.02, basis="views", usual=None, posts=9, standings=[{"name": "trend", "percentile": 0.5}], peers=group,
        recent=None,
    )  # fmt: skip
    ui = environment(language).get_template("ui.html").make_module({"language": language})
    assert peers in ui.engagement(found)  # type: ignore[attr-defined]


def test_every_interest_of_the_engine_has_a_name() -> None:
    assert set(INTERESTS) == set(trade_data("interests")["interests"])


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("street_food", ["Street food", "街頭小吃", "Ẩm thực đường phố", "สตรีทฟู้ด"]),
        ("Home Decor", ["Home decor", "居家佈置", "Trang trí nhà", "แต่งบ้าน"]),
        ("咖啡", ["Coffee and tea", "咖啡與茶", "Cà phê và trà", "กาแฟและชา"]),
        ("lost_media", ["lost media"] * 4),
    ],
)
def test_interests_are_named_in_the_readers_language(written: str, names: list[str]) -> None:
    assert [wording(language).interest(written) for language in LANGUAGES] == names


def test_an_interest_within_a_sentence_and_a_competitor_among_brands() -> None:
    said = say("{share:.0%} interested in {segment}", share=0.4, segment=Term("home decor", "interest"))
    assert (str(said), wording("vi")(said)) == ("40% interested in home decor", "40% quan tâm đến trang trí nhà")
    ui = environment("zh-Hant").get_template("ui.html").make_module({"language": "zh-Hant"})
    assert ui.value("worked_with", ["competitor", "Nike"]).strip() == "競爭品牌, Nike"  # type: ignore[attr-defined]
    assert ui.value("categories", "hiking").strip() == "登山健行"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("interval", "shown"), [((0.7, 0.84), True), ((0.002, 0.844), False), (None, False)], ids=["narrow", "wide", "none"]
)
def test_an_interval_is_said_where_it_tells_something(interval: tuple[float, float] | None, shown: bool) -> None:
    ui = environment("en").get_template("ui.html").make_module({"language": "en"})
    part = Contribution("audience", 0.78, 0.15, 0.117, 0.5, "measured", say("As counted."), interval)
    assert ("Likely between" in ui.contributions((part,))) == shown  # type: ignore[attr-defined]


def test_the_form_offers_interests_in_the_readers_language(page: TestClient) -> None:
    options = re.findall(
        '<option value="([^"]+)">([^<]+)</option>', page.get("/", headers={"accept-language": "vi"}).text
    )
    offered = {name: said for name, said in options if interest(name)}
    assert offered and offered == {name: wording("vi").interest(name) for name in offered}
