"""Ages and genders of the people to be reached; those of creators are nobody's condition here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.records.audience import AGE_BANDS
from matcher.records.said import say
from matcher.understanding.lexicon import any_of, pattern, table
from matcher.understanding.places import country_spots
from matcher.understanding.quantities import Quantity
from matcher.understanding.reading import Claim, Doubt, Page, Read
from matcher.understanding.scope import Spot
from matcher.understanding.sizes import OF_FOLLOWERS

_OLDEST = 74
"""Where an open range of ages ends when its years are counted."""
_BANDS = tuple((int(band[:2]), int(band[3:]) if "-" in band else _OLDEST) for band in AGE_BANDS)
BESIDE = r"(?:[\s,、的()（）:：/-]|who are|and|or|in|from|là|có|trong|từ|ที่มี|為主|為|有|以|đến|ở|และ|與|及)*"
"""What may stand between; each of it can be read in one way only, or a long run of it would be tried in all of them."""
_NEAR = 24


@dataclass(frozen=True, slots=True)
class Trait:
    """An age or a gender at a place: `ages` first and last year, or `gender` with its share if that is said."""

    start: int
    end: int
    ages: tuple[int, int] | None = None
    gender: str | None = None
    share: float | None = None


def read_people(page: Page) -> Read:
    """`target_audience.age` and `.gender`."""
    traits = sorted([*_ages(page), *_genders(page)], key=lambda trait: (trait.start, -trait.end))
    wanted: list[Trait] = []
    skip = [*page.taken, *country_spots(page.text)]
    for group in _groups(page, traits):
        if _of_creators(page, group, skip):
            reason = say("said of the creators, whose age and gender are not asked for")
            yield from (Doubt(trait.start, trait.end, reason) for trait in group)
        elif _of_audience(page, group, skip):
            wanted += group
        else:
            yield from (Doubt(trait.start, trait.end, say("not said of an audience")) for trait in group)
    yield from _age_claims([trait for trait in wanted if trait.ages])
    yield from _gender_claims([trait for trait in wanted if trait.gender])


def read_ages(page: Page) -> Read:
    """Ages in figures, of whomever they are said ("aged 18-34", not "teens")."""
    for trait in _ages(page):
        if re.search(r"\d", page.text[trait.start : trait.end]) and trait.ages:
            yield Claim("target_audience.age", trait.ages, trait.start, trait.end)


def _ages(page: Page) -> list[Trait]:
    before, after = pattern("age_before"), pattern("age_after")
    joined = r"\s*(?:là|:|：|在|為|between|ระหว่าง|từ|從|介於)?\s*"
    of_followers = rf"{OF_FOLLOWERS}(?:{pattern('followers')}|{pattern('audience')})"
    found = []
    for quantity in page.quantities:
        if quantity.currency or quantity.unit > 1 or not page.free(quantity.start, quantity.end):
            continue
        led = page.ends_before(quantity.start, rf"{before}(?:{of_followers})?{joined}")
        inside = re.match(rf"{before}", page.text[quantity.start : quantity.end])
        tail = page.begins_at(quantity.end, rf"\s*-?\s*{after}(?:\s*(?:以上|以下|ขึ้นไป|ลงมา|trở lên|trở xuống|\+))?")
        counted = re.search(rf"{after}(?:{pattern('least_after')}|{pattern('most_after')})?$",
                            page.text[quantity.start : quantity.end])  # fmt: skip
        thai_years = tail is not None and tail.group().strip().startswith("ปี")
        if led or inside or counted or (tail and not thai_years):
            span = _years(quantity)
            if span is not None:
                start = led.start() if led else quantity.start
                found.append(Trait(start, tail.end() if tail else quantity.end, ages=span))
        elif (
            not quantity.exact
            and quantity.max is not None
            and quantity.min is not None
            and _beside_gender(page, quantity)
        ):
            found.append(Trait(quantity.start, quantity.end, ages=(int(quantity.min), int(quantity.max))))
    for word in page.find(any_of(table("age_words"))):
        first, last = table("age_words")[" ".join(word.group().split())]
        found.append(Trait(*word.span(), ages=(first, last)))
    return found


def _beside_gender(page: Page, quantity: Quantity) -> bool:
    """Whether a bare range is an age by its company: "women 18-34"."""
    gender = any_of(table("gender"))
    if not (quantity.min and quantity.max and _BANDS[0][0] <= quantity.min <= quantity.max <= _OLDEST + 6):
        return False
    if page.begins_at(quantity.end, r"\s*(?:%|[a-z]{3,}|則|篇|支|คลิป|โพสต์)") and not page.begins_at(
        quantity.end, rf"{BESIDE}{gender}|\s*(?:in|who|living|and|or|ở|tại)\b"
    ):
        return False
    return bool(
        page.ends_before(quantity.start, rf"{gender}{BESIDE}") or page.begins_at(quantity.end, rf"{BESIDE}{gender}")
    )


def _years(quantity: Quantity) -> tuple[int, int] | None:
    first = int(quantity.min) if quantity.min is not None else _BANDS[0][0]
    last = int(quantity.max) if quantity.max is not None else _OLDEST
    return (first, last) if first <= last <= 120 and last >= _BANDS[0][0] and first <= _OLDEST else None


def _genders(page: Page) -> list[Trait]:
    known = table("gender")
    countries = {spot for start, end in country_spots(page.text) for spot in range(start, end)}
    found = []
    for word in page.find(any_of(known)):
        if word.start() in countries:
            continue  # "Việt Nam" holds "nam"
        percent_before = page.ends_before(word.start(), r"(\d{1,3})\s*%\s*(?:of\s+|là\s+|เป็น\s*|的)?")
        percent_after = page.begins_at(word.end(), r"\s*(?:佔|chiếm|:|：)?\s*(\d{1,3})\s*%")
        percent = percent_before or percent_after
        share = int(percent[1]) / 100 if percent and 0 < int(percent[1]) <= 100 else None
        start = percent_before.start() if percent_before else word.start()
        end = percent_after.end() if percent_after and not percent_before else word.end()
        found.append(Trait(start, end, gender=known[" ".join(word.group().split())], share=share))
    return found


def _groups(page: Page, traits: list[Trait]) -> list[list[Trait]]:
    """Traits that stand side by side speak of the same people."""
    groups: list[list[Trait]] = []
    for trait in traits:
        if groups and trait.start < groups[-1][-1].end and not (trait.ages and groups[-1][-1].gender):
            continue  # inside another
        if groups and re.fullmatch(BESIDE, page.text[groups[-1][-1].end : max(groups[-1][-1].end, trait.start)]):
            groups[-1].append(trait)
        else:
            groups.append([trait])
    return groups


def _of_creators(page: Page, group: list[Trait], skip: Sequence[Spot]) -> bool:
    after = page.roles.next_to(group[-1].end, skip)
    if after is not None and after.role == "creator":
        return True
    before = page.roles.before(group[0].start)
    if after is not None or before is None or before.role != "creator":
        return False
    between = page.text[before.end : group[0].start]
    return bool(re.fullmatch(BESIDE + r"(?:aged|age|ages|tuổi|年齡|อายุ|trẻ)?\s*", between))


def _of_audience(page: Page, group: list[Trait], skip: Sequence[Spot]) -> bool:
    start, end = group[0].start, group[-1].end
    after = page.roles.next_to(end, skip)
    if after is not None and after.role == "audience":
        return True
    if any(page.roles.holds("audience", trait.start, trait.end) for trait in group if trait.ages):
        return True  # "อายุผู้ติดตาม 18-24"
    if page.ends_before(start, rf"{pattern('gender_reach')}\s+(?:the\s+|all\s+|young\s+|busy\s+)?"):
        return True
    before = page.roles.before(start)
    both = any(trait.ages for trait in group) and any(trait.gender for trait in group)
    if before is not None:
        return before.role == "audience" or (both and start - before.end > _NEAR)
    following = page.roles.after(end)
    return both or (following is not None and following.role == "audience")


def age_shares(first: int, last: int) -> dict[str, float]:
    """Bands by the years of a range that fall into each, as shares that sum to 1; 65+ counts as ten years."""
    years = {
        band: min(last, high) - max(first, low) + 1
        for band, (low, high) in zip(AGE_BANDS, _BANDS, strict=True)
        if min(last, high) >= max(first, low)
    }
    total = sum(years.values())
    shares = {band: round(count / total, 4) for band, count in years.items()}
    largest = max(shares, key=lambda band: shares[band])
    shares[largest] = round(shares[largest] + 1 - sum(shares.values()), 4)
    return shares


def _age_claims(traits: list[Trait]) -> Read:
    for trait in traits:
        if trait.ages:
            yield Claim("target_audience.age", trait.ages, trait.start, trait.end)


def _gender_claims(traits: list[Trait]) -> Read:
    named = {trait.gender for trait in traits}
    unsaid = [trait for trait in traits if trait.share is None]
    if len(named) > 1 and unsaid:
        yield from (Doubt(trait.start, trait.end, say("several genders, so none is preferred")) for trait in traits)
        return
    for trait in traits:
        assert trait.gender is not None
        yield Claim("target_audience.gender", (trait.gender, trait.share), trait.start, trait.end)
