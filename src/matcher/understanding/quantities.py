"""Quantities: numbers with the words that make ranges of them, and the currency beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from matcher.understanding.lexicon import LETTERS, any_of, compiled, data, folded, pattern
from matcher.understanding.numbers import Number, numbers


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range of numbers; an end that is open is None, `exact` is a number without any such word."""

    min: float | None
    max: float | None
    exact: bool
    unit: float
    currency: str | None
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """All quantities of a folded text, in order; those of one range are one."""
    found: list[Quantity] = []
    waiting = numbers(text)
    while waiting:
        first = waiting.pop(0)
        quantity = _range(text, first, waiting[0]) if waiting else None
        if quantity is not None:
            waiting.pop(0)
        else:
            quantity = _single(text, first)
        if found and (whole := _both_ends(text, found[-1], quantity)) is not None:
            found[-1] = whole
        else:
            found.append(quantity)
    return found


def _both_ends(text: str, one: Quantity, other: Quantity) -> Quantity | None:
    """Over 10k but under 100k: two open ranges that are one."""
    if not compiled(r"\s*(?:but|and|,|、|且|và|nhưng|และ|แต่)?\s*").fullmatch(text, one.end, max(one.end, other.start)):
        return None
    floor, ceiling = (one, other) if one.max is None else (other, one)
    if floor.max is not None or ceiling.min is not None or floor.min is None or ceiling.max is None:
        return None
    currency = other.currency or one.currency
    if floor.min > ceiling.max:
        return None
    return Quantity(floor.min, ceiling.max, False, max(one.unit, other.unit), currency, one.start, other.end)


def _range(text: str, first: Number, last: Number) -> Quantity | None:
    low_end, before = _after_currency(text, first.end)
    high_start, prefix = _before_currency(text, last.start)
    between = text[low_end:high_start] if low_end <= high_start else ""
    joiner = rf"\s*(?:-|{pattern('range')})\s*"
    if not compiled(joiner).fullmatch(between) or (_has_word(between, "and") and not _opens(text, first)):
        return None
    low = first.value
    if first.unit == 1 and last.unit > 1 and first.value * last.unit <= last.value:
        low = first.value * last.unit
    if low > last.value:
        return None
    start, earlier = _before_currency(text, first.start)
    end, after = _after_currency(text, last.end)
    currency = after or prefix or before or earlier
    return Quantity(low, last.value, False, last.unit, currency, _with_opening(text, start), end)


def _has_word(between: str, word: str) -> bool:
    return between.strip() == word


def _opens(text: str, first: Number) -> bool:
    return _with_opening(text, _before_currency(text, first.start)[0]) < first.start


def _with_opening(text: str, start: int) -> int:
    opening = _before(text, start, pattern("range_before"))
    return start if opening is None else opening


def _single(text: str, number: Number) -> Quantity:
    start, before = _before_currency(text, number.start)
    end, after = _after_currency(text, number.end)
    currency = after or before
    floor, ceiling = _before(text, start, pattern("least")), _before(text, start, pattern("most"))
    if floor is not None and ceiling is not None:  # "không dưới" holds "dưới"
        floor, ceiling = (floor, None) if floor < ceiling else (None, ceiling)
    above, below = _after(text, end, "least_after"), _after(text, end, "most_after")
    if not after and (above is not None or below is not None):  # "5萬以上台幣" is not said, "10+ USD" is
        tail, after = _after_currency(text, above or below or end)
        currency, end = after or currency, tail if after else end
    value = number.value
    if ceiling is not None or below is not None:
        start, end = (start if ceiling is None else ceiling), max(below or end, end)
        return Quantity(None, value, False, number.unit, currency, start, end)
    if floor is not None or above is not None:
        start, end = (start if floor is None else floor), max(above or end, end)
        return Quantity(value, None, False, number.unit, currency, _with_opening(text, start), end)
    return Quantity(value, value, True, number.unit, currency, start, end)


def _before(text: str, at: int, words: str) -> int | None:
    """Where the words start that end right before a place."""
    found = compiled(rf"{words}\s*$").search(text, max(0, at - 30), at)
    return None if found is None else found.start()


def _after(text: str, at: int, role: str) -> int | None:
    counted = r"(?:\s*(?:名|位|個|人|คน|ปี|歲|岁|tuổi|người))?"  # "5萬人以上", "40 ปีขึ้นไป"
    found = compiled(rf"{counted}\s*{pattern(role)}").match(text, at)
    return None if found is None else found.end()


def _before_currency(text: str, at: int) -> tuple[int, str | None]:
    known, spellings = _currencies("currency_before")
    found = compiled(rf"({spellings})\s*$").search(text, max(0, at - 6), at)
    return (at, None) if found is None else (found.start(), known[found[1]])


def _after_currency(text: str, at: int) -> tuple[int, str | None]:
    known, spellings = _currencies("currency_after")
    found = compiled(rf"\s?({spellings.replace(f'(?<![{LETTERS}])', '')})").match(text, at)
    return (at, None) if found is None else (found.end(), known[re.sub(r"\s+", " ", found[1])])


@cache
def _currencies(table: str) -> tuple[dict[str, str], str]:
    """Folded spelling → code, and any of the spellings as an expression."""
    known = {folded(name): code for name, code in data("names")[table].items()}
    return known, any_of(known)


def whole(number: float) -> float | int:
    """A number as JSON should show it: 5000, not 5000.0."""
    return int(number) if number == int(number) else number
