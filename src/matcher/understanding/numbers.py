"""Numbers as four languages write them: 10,000 · 10.000 · 5k · 5萬 · 三十萬 · 10 nghìn · 1,5 triệu · ๕ หมื่น."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.understanding.lexicon import LETTERS, any_of, compiled, table

_GROUPED = r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:\.\d{3})+(?!\d)"
_PLAIN = r"\d{1,12}(?:[.,]\d{1,4})?(?![\d])"
_HAN = "零一二兩两三四五六七八九十百千萬万億"
_HAN_ONES = "一二兩两三四五六七八九"
_HAN_DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"兩": 2, "两": 2}
_HAN_PLACES = {"十": 10, "百": 100, "千": 1000}
_HAN_UNITS = {"萬": 10**4, "万": 10**4, "億": 10**8}
_LARGEST = 1e13


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its place in the folded text."""

    value: float
    unit: float
    """What its unit multiplied it by; 1 without one."""
    start: int
    end: int


def numbers(text: str) -> list[Number]:
    """All numbers of a folded text, in order."""
    return [number for found in _pattern().finditer(text) if (number := _number(found)) is not None]


def _pattern() -> re.Pattern[str]:
    units = any_of(table("units")).replace(f"(?<![{LETTERS}])", "")  # "5k": a unit may follow its digits at once
    # No digits, signs or letters of a name right before or after: "2024/25", "#3", "v2", "3.5.1"; "USD5" is a number.
    alone = rf"(?:(?<![{LETTERS}0-9_#/])(?<!\d[.,])|(?<=usd|twd|ntd|thb|vnd|hkd|sgd|aud|eur|gbp|jpy))"
    return compiled(
        rf"{alone}(?P<digits>{_GROUPED}|{_PLAIN})(?!/\d)(?:\s?(?P<unit>{units}))?"
        rf"|(?<=[破過逾滿])(?P<alone>[十百千]?[萬万億])(?![{_HAN}])"
        rf"|(?P<han>[{_HAN}]*[十百千萬万億][{_HAN_ONES}]?)(?![{_HAN}])"
        rf"|(?P<spelt>{any_of(table('spelt'))})\s?(?P<unit2>{units})"
    )


def _number(found: re.Match[str]) -> Number | None:
    parts = found.groupdict()
    if parts["alone"]:  # "破萬"
        return Number(_from_han(f"一{parts['alone']}") or 0.0, 1.0, found.start(), found.end())
    if parts["han"]:
        value = _from_han(parts["han"])
        return None if value is None else Number(value, 1.0, found.start(), found.end())
    unit_name = parts["unit"] or parts["unit2"]
    unit = float(table("units")[_spaced(unit_name)]) if unit_name else 1.0
    value = _from_digits(parts["digits"]) if parts["digits"] else float(table("spelt")[_spaced(parts["spelt"])])
    return Number(value * unit, unit, found.start(), found.end()) if value * unit < _LARGEST else None


def _spaced(word: str) -> str:
    return " ".join(word.split())


def _from_digits(digits: str) -> float:
    if re.fullmatch(_GROUPED, digits):
        return float(re.sub(r"[.,]", "", digits))
    return float(digits.replace(",", "."))


def _from_han(letters: str) -> float | None:
    """A whole number in Chinese characters; None for a lone unit such as 千 or 百, which is a word more often."""
    if letters[0] not in _HAN_DIGITS and not (letters[0] == "十" and len(letters) > 1):
        return None
    total, section, digit = 0, 0, 0
    for letter in letters:
        if letter in _HAN_DIGITS:
            digit = _HAN_DIGITS[letter]
        elif letter in _HAN_PLACES:
            section += (digit or 1) * _HAN_PLACES[letter]
            digit = 0
        else:
            total += (section + digit or 1) * _HAN_UNITS[letter]
            section, digit = 0, 0
    return float(total + section + digit)
