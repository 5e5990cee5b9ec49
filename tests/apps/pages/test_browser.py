"""The page in a real Chromium: the whole way from brief to export, and what readers do on it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from matcher.apps.pages.brief_link import pack, unpack
from matcher.apps.pages.locales import catalogue
from matcher.apps.service.source import LiveMatcher
from matcher.apps.settings import Settings
from matcher.matching import Matcher
from tests.apps.pages.browser import LOCALES, findings, launched, served
from tests.apps.pages.conftest import BRIEFS, LINKS
from tests.conftest import SmallIndex

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    yield from launched()


@pytest.fixture(scope="module")
def address(browser: Any, matcher: Matcher) -> Iterator[str]:
    with served(lambda: matcher) as url:
        yield url


@pytest.fixture
def tab(browser: Any, address: str) -> Iterator[Open]:
    """Opens a page of ours in a browser of its own; fails on any error of a script or of the policy."""
    contexts, complaints = [], []

    def open_tab(path: str = "/", language: str = "en", **options: Any) -> Any:
        context = browser.new_context(locale=LOCALES[language], base_url=address, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda m: complaints.append(m.text) if m.type == "error" and "status of 4" not in m.text else None,
        )
        page.on("request", lambda r: complaints.append(f"outside: {r.url}") if not r.url.startswith(address) else None)
        page.goto(path)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert complaints == []


def ranked(page: Any) -> list[str]:
    """The creators on a shortlist, by their ids."""
    return [box.get_attribute("value") for box in page.locator('#pick input[name="id"]').all()]


@pytest.mark.parametrize("language", LOCALES)
def test_the_whole_way_from_brief_to_export(tab: Open, matcher: Matcher, language: str) -> None:
    page, brief, said = tab("/", language), BRIEFS[language], catalogue(language).gettext
    assert page.locator("html").get_attribute("lang") == language
    page.locator(
        ".examples a", has_text={"en": "English", "zh-Hant": "繁體", "vi": "Việt", "th": "ไทย"}[language]
    ).click()
    assert page.locator("#text").input_value() == brief.text
    page.get_by_role("button", name=said("Find creators")).click()
    page.wait_for_url("**/shortlist?b=*")
    expected = [entry.creator_id for entry in matcher.match(brief).entries]
    assert ranked(page) == expected

    page.locator("details.more summary").first.click()
    page.locator(".reasons .radar").wait_for()
    assert page.locator(".reasons .parts li").count() == len(matcher.match(brief).entries[0].contributions)

    for box in page.locator('#pick input[name="id"]').all()[:3]:
        box.check()
    page.locator("[data-picked]").click()
    page.wait_for_url("**/compare?*")
    assert page.locator(".compare > thead th").count() == 3
    page.go_back()

    page.get_by_text(said("Export"), exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON", exact=True).click()
    found = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [entry["creator_id"] for entry in found["shortlist"]["entries"]] == expected
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert [row["creator_id"] for row in rows] == expected

    page.locator(".card h2 a").first.click()
    page.wait_for_url("**/creators/*")
    assert page.locator(".verdict.in").count() == 1


def test_pins_on_a_fresh_list_gather_in_one_saved_list(tab: Open) -> None:
    page = tab(f"/shortlist?b={LINKS['th']}", "th")
    pin, homes = catalogue("th").gettext("Pin"), []
    for rank in (1, 3):
        page.locator(f"#c{rank}").get_by_role("button", name=pin, exact=True).click()
        page.wait_for_url(f"**/saved/*#c{rank}")
        homes.append(page.url.partition("#")[0])
        page.go_back()
        page.wait_for_url("**/shortlist?*")
    assert homes[0] == homes[1]
    page.goto(homes[0])
    assert [card.get_attribute("id") for card in page.locator(".card.shortlisted").all()] == ["c1", "c3"]


def test_weights_rank_again_at_once_and_stay_in_the_address(tab: Open) -> None:
    page = tab(f"/shortlist?b={LINKS['en']}")
    before, address = ranked(page), page.url
    slider = page.locator('input[name="w.relevance"]')
    slider.focus()
    slider.evaluate("input => { input.value = 0; input.dispatchEvent(new Event('input', {bubbles: true})); }")
    page.wait_for_function("before => location.href !== before", arg=address)
    after = ranked(page)
    assert after != before
    assert page.evaluate("document.activeElement.name") == "w.relevance"  # the reader keeps hold of it
    page.reload()
    assert ranked(page) == after


def test_weights_are_always_shared_out_whole(tab: Open) -> None:
    page = tab(f"/shortlist?b={LINKS['en']}")

    def weights() -> list[int]:
        return [int(box.input_value()) for box in page.locator('.weights input[type="range"]').all()]

    whole, before, address = sum(weights()), weights(), page.url
    move = "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', {bubbles: true})); }"
    slider = page.locator('input[name="w.audience"]')
    slider.evaluate(move, 50)
    after = weights()
    assert (sum(after), after[1]) == (whole, 50)
    assert after[0] * before[2] == pytest.approx(
        after[2] * before[0], abs=before[0]
    )  # the others keep their proportion
    page.wait_for_function("before => location.href !== before", arg=address)
    shown = [int(text.split()[0]) for text in page.locator(".weights output").all_inner_texts()]
    assert sum(shown) == pytest.approx(100, abs=2)  # and the figures are those of the list
    slider.evaluate(move, 100)
    assert weights() == [0, whole, 0]
    slider.evaluate(move, 0)
    assert (sum(weights()), weights()[1]) == (whole, 0)


def test_loosening_a_step_and_going_back(tab: Open) -> None:
    page = tab(f"/shortlist?b={LINKS['vi']}", "vi")
    first = page.locator(".funnel summary strong").inner_text()
    page.locator(".funnel summary").click()
    page.locator(".loosen a").nth(1).click()
    page.wait_for_function("first => document.querySelector('.funnel strong').innerText !== first", arg=first)
    page.go_back()
    assert page.locator(".funnel summary strong").inner_text() == first
    page.go_forward()
    assert page.locator(".funnel summary strong").inner_text() != first


def test_what_is_wrong_is_said_in_the_reader_s_language(tab: Open) -> None:
    page = tab("/", "th")
    page.locator("#text").fill("กาแฟ")
    page.locator("details.section summary").nth(1).click()
    page.locator('input[name="must.followers.min"]').fill("เยอะ")
    page.locator("button.primary").click()
    page.locator("#problems").wait_for()
    assert catalogue("th").gettext("Give a number, such as 12000 or 12k.") in page.locator("#problems").inner_text()
    assert page.evaluate("document.activeElement.id") == "problems"
    assert page.locator('input[name="must.followers.min"]').input_value() == "เยอะ"
    assert page.locator("#text").input_value() == "กาแฟ"


def test_a_double_submit_is_one(tab: Open) -> None:
    page = tab("/?example=sunscreen-taiwan")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.locator("button.primary").dblclick()
    page.wait_for_url("**/shortlist?b=*")
    assert sent == ["POST"]
    page.go_back()
    page.locator("button.primary").click()  # and it can be sent again
    page.wait_for_url("**/shortlist?b=*")


def test_two_tabs_do_not_disturb_each_other(tab: Open, matcher: Matcher) -> None:
    one = tab(f"/shortlist?b={LINKS['en']}")
    two = one.context.new_page()
    two.goto(f"/shortlist?b={LINKS['th']}")
    one.reload()
    assert ranked(one) == [entry.creator_id for entry in matcher.match(BRIEFS["en"]).entries]
    assert ranked(two) == [entry.creator_id for entry in matcher.match(BRIEFS["th"]).entries]


def test_what_was_understood_can_be_taken_or_left(tab: Open) -> None:
    page = tab("/")
    page.locator("#text").fill("Skin care creators in Taiwan, 10k-100k followers")
    page.locator(".understood").wait_for()
    page.locator('.understood input[type="checkbox"][value^="must.followers"]').uncheck()
    page.locator("button.primary").click()
    page.wait_for_url("**/shortlist?b=*")
    brief = unpack(page.url.partition("b=")[2])
    assert (brief.must.countries, brief.must.followers) == (("TW",), None)


def test_a_shortlist_is_saved_decided_on_and_shared(tab: Open) -> None:
    page = tab(f"/shortlist?b={LINKS['vi']}", "vi", permissions=["clipboard-read", "clipboard-write"])
    said = catalogue("vi").gettext
    page.locator("#c1").get_by_role("button", name=said("Pin")).click()
    page.wait_for_url("**/saved/*")
    assert page.locator("#c1 .state.shortlisted").count() == 1
    card = page.locator("#c2")
    card.locator("details.decide summary").click()
    card.locator(".chips label", has_text=said("Rejected")).click()
    card.locator("form button").click()
    assert page.locator("#c2 .state").count() == 0  # the browser asks for the reason first
    card.locator('input[name="reason"]').fill("Giá quá cao")
    card.locator("form button").click()
    page.locator("#c2 .state.rejected").wait_for()  # without leaving the page
    page.reload()
    assert "Giá quá cao" in page.locator("#c2").inner_text()

    page.locator("details.section summary").click()
    page.get_by_role("button", name=said("Share by link")).click()
    page.locator("details.section summary").click()
    page.get_by_role("button", name=said("Copy link")).click()
    page.get_by_role("status").get_by_text(said("Link copied")).wait_for(state="attached")
    other = page.context.new_page()
    other.goto(page.evaluate("navigator.clipboard.readText()"))
    assert other.locator("#c1 .state.shortlisted").count() == 1
    assert other.locator("form").count() == 0
    assert findings(other) == []
    page.locator("details:not(.menu)").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert findings(page) == []


def test_sliders_of_one_facet_never_pass_the_whole(tab: Open) -> None:
    page = tab("/")
    page.locator("details.section summary").first.click()

    def move(name: str, value: int) -> None:
        page.locator(f'input[name="target_audience.gender.{name}"]').evaluate(
            "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', {bubbles: true})); }",
            value,
        )

    def shares() -> list[int]:
        return [int(box.input_value()) for box in page.locator('input[name^="target_audience.gender."]').all()]

    move("female", 70)
    move("male", 30)
    assert shares() == [70, 30, 0]
    move("male", 60)
    assert shares() == [40, 60, 0]
    move("other", 50)
    assert (sum(shares()), shares()[2]) == (100, 50)


def test_language_and_theme_stay(tab: Open) -> None:
    page = tab(f"/shortlist?b={LINKS['en']}")
    page.locator(".menu summary").first.click()
    page.get_by_role("link", name="ไทย").click()
    assert page.locator("html").get_attribute("lang") == "th"
    assert "/shortlist?b=" in page.url
    page.locator(".menu summary").nth(1).click()
    page.locator('.menu a[href*="theme=dark"]').click()
    page.goto("/index")
    assert (page.locator("html").get_attribute("lang"), page.locator("html").get_attribute("data-theme")) == (
        "th",
        "dark",
    )
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(20, 24, 26)"


def test_the_keyboard_reaches_everything(tab: Open) -> None:
    page = tab("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.locator("#text").focus()
    page.keyboard.type("street food in Hanoi")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button.primary')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/shortlist?b=*")
    assert ranked(page)


def test_a_link_is_copied_and_said(tab: Open, address: str) -> None:
    page = tab(f"/shortlist?b={LINKS['en']}", permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    page.get_by_role("status").get_by_text("Link copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}/shortlist?b={LINKS['en']}"


def test_without_scripts_the_way_is_open_too(tab: Open, matcher: Matcher) -> None:
    page = tab("/?example=cat-food-thailand", java_script_enabled=False)
    page.locator("button.primary").click()
    assert ranked(page) == [entry.creator_id for entry in matcher.match(BRIEFS["th"]).entries]
    page.locator(".card h2 a").first.click()
    assert page.locator(".verdict.in").count() == 1


@pytest.mark.parametrize(
    ("path", "scheme"),
    [("/?b={b}", "light"), ("/shortlist?b={b}", "light"), ("/shortlist?b={b}", "dark"), ("/index", "light"),
     ("/shortlist?view=table&b={b}", "light"), ("/creators/{id}?b={b}", "dark"), ("/creators/nobody", "light"),
     ("/similar/{id}?b={b}", "light"), ("/compare?b={b}&id={id}&id={other}", "dark")],
)  # fmt: skip
def test_axe_finds_nothing_serious(tab: Open, matcher: Matcher, path: str, scheme: str) -> None:
    brief = BRIEFS["zh-Hant"].model_copy(update={"k": 3})
    best = [entry.creator_id for entry in matcher.match(brief).entries]
    page = tab("/static/icon.svg", color_scheme=scheme, bypass_csp=True)
    page.goto(path.format(b=pack(brief), id=best[0], other=best[1]))
    if page.locator("details.more").count():
        page.locator("details.more summary").first.click()
        page.locator(".reasons").first.wait_for()
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(d => { d.open = true })")
    assert findings(page) == []


@pytest.mark.parametrize("language", LOCALES)
def test_a_phone_never_scrolls_sideways(tab: Open, matcher: Matcher, language: str) -> None:
    page = tab("/index", language, viewport={"width": 360, "height": 740})
    first, second, third, fourth = (matcher.index.creator_id(row) for row in (7, 8, 9, 10))
    compared = f"/compare?b={{b}}&id={first}&id={second}&id={third}&id={fourth}"
    for path in ("/index", "/?b={b}", "/shortlist?b={b}", f"/creators/{first}?b={{b}}", compared):
        page.goto(path.format(b=LINKS[language]))
        too_wide = "all => all.filter(e => e.getBoundingClientRect().right > 360 && !e.closest('.scroll'))"
        wide = page.locator("main *, header *").evaluate_all(f"{too_wide}.map(e => e.outerHTML)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, (path, wide[:3])


def test_a_reindex_in_the_middle_disturbs_nobody(browser: Any, small_index: SmallIndex, tmp_path: Path) -> None:
    indexes, world = tmp_path / "indexes", small_index.world
    shutil.copytree(small_index.indexes, indexes)
    settings = Settings(
        indexes, encoder=str(small_index.encoder), tables={t: world.table(t) for t in ("creators", "posts")}
    )
    live = LiveMatcher(indexes, check_every_s=0.05)
    with served(live, settings) as address:
        reader, keeper = (browser.new_page(base_url=address, locale="en-US") for _ in range(2))
        for page in (reader, keeper):
            page.set_default_timeout(60_000)
        reader.goto(f"/shortlist?b={LINKS['en']}")
        old = live().snapshot_id
        assert old in reader.locator(".made").inner_text()

        keeper.goto("/index")
        keeper.get_by_role("button", name="Read the tables again").dblclick()
        keeper.locator("#jobs progress").wait_for()
        assert keeper.locator("#jobs button.primary").count() == 0  # one at a time
        reader.locator("details.more summary").first.click()  # asked of the old list, answered by either snapshot
        reader.locator(".reasons").first.wait_for()
        assert findings(keeper) == []
        keeper.locator("#jobs .state.agreed").wait_for()  # without a reload
        new = keeper.locator("#jobs code").first.inner_text()
        assert new != old

        end = time.monotonic() + 30
        while live().snapshot_id != new and time.monotonic() < end:
            time.sleep(0.05)
        reader.reload()
        assert new in reader.locator(".made").inner_text()
        assert ranked(reader) == [entry.creator_id for entry in live().match(BRIEFS["en"]).entries]
        keeper.reload()
        assert keeper.locator(".dense code").all_inner_texts() == [new, old]
        for page in (reader, keeper):
            page.close()
