"""The budget: an amount of money beside a word for budget, with a currency that the text says."""

from __future__ import annotations

from collections.abc import Collection

from matcher.records.said import say
from matcher.understanding.lexicon import compiled, data, pattern
from matcher.understanding.quantities import Quantity, whole
from matcher.understanding.reading import Claim, Doubt, Page, Read

_NEAR = 40
_UNIT_CURRENCY = (("THB", r"พัน|หมื่น|แสน|ล้าน"), ("VND", r"triệu|tr(?![a-z])|tỷ|tỉ"))


def read_budget(page: Page, countries: Collection[str]) -> Read:
    """The budget; `countries` are those the text names, which tell what 元 and $ are in Chinese."""
    for quantity in page.quantities:
        if not page.free(quantity.start, quantity.end):
            continue
        start, end = _named(page, quantity)
        if start is None:
            if (fee := _price(page, quantity)) is not None:
                yield Doubt(fee, quantity.end, say("a price that is not called a budget"))
            continue
        currency = _currency(page, quantity, countries)
        if currency is None:
            if quantity.currency or quantity.unit > 1:
                yield Doubt(start, end, say("a budget whose currency is not said"))
            continue
        amount = quantity.max if quantity.max is not None else quantity.min
        if not amount:
            continue
        money = {"amount": whole(amount), "currency": currency}
        each = page.begins_at(quantity.end, rf"[^.。\n]{{0,12}}?{pattern('each')}") or page.ends_before(
            quantity.start, rf"{pattern('each')}[^.。\n]{{0,12}}?"
        )
        if each is None:
            yield Claim("budget", money, start, end)
        elif quantity.min is None or quantity.exact or quantity.max is not None:
            yield Claim(
                "price", {"max": whole(amount), "currency": currency}, min(start, each.start()), max(end, each.end())
            )


def _named(page: Page, quantity: Quantity) -> tuple[int | None, int]:
    """Where the words of the budget begin and end; None where nothing near calls the amount a budget."""
    left, right = page.roles.sentence(quantity.start)
    word = pattern("budget")
    near = max(left, quantity.start - _NEAR)
    between = rf"(?:(?!{word})[^.。!！\d]){{0,{_NEAR}}}"
    before = page.ends_before(quantity.start, rf"{word}{between}", quantity.start - near)
    if before:
        return before.start(), quantity.end
    after = page.begins_at(quantity.end, rf"\s*(?:的|total|overall|campaign|marketing|in|{pattern('each')})?\s*{word}")
    return (quantity.start, after.end()) if after and after.end() <= right else (None, quantity.end)


def _price(page: Page, quantity: Quantity) -> int | None:
    """Where the words of a price begin; None where nothing right before the amount calls it one."""
    if page.begins_at(quantity.end, r"\s*%") or (quantity.exact and quantity.unit == 1 and quantity.currency is None):
        return None
    found = page.ends_before(quantity.start, rf"{pattern('price')}(?:\s|:|：|of|is|là|từ|{pattern('each')})*")
    return None if found is None else found.start()


def _currency(page: Page, quantity: Quantity, countries: Collection[str]) -> str | None:
    said = quantity.currency
    chinese = compiled(r"[\u3400-\u9fff]").search(page.text) is not None
    if said is None:
        written = page.text[quantity.start : quantity.end]
        for currency, units in _UNIT_CURRENCY:
            if compiled(units).search(written):
                return currency if quantity.unit > 1 else None
        said = "元" if chinese and quantity.unit > 1 else None
    if said == "$" and not chinese:
        return "USD"
    if said in ("$", "元"):
        local = data("names")["local_dollar"]
        known = [local[code] for code in local if code in countries]
        return known[0] if len(known) == 1 else None
    return said if said != "?" else None
