"""Languages of the page: which one a reader gets, its catalogue, and its way of writing numbers, dates and names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from babel import Locale, dates, numbers
from babel.support import NullTranslations, Translations

LANGUAGES = {"en": "English", "zh-Hant": "繁體中文", "vi": "Tiếng Việt", "th": "ไทย"}
"""BCP-47 code → the language's own name."""
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "pages"
COOKIE = "matcher_language"
_UNKNOWN = "–"
_UNITS = {"zh": {"萬": "\xa0萬", "億": "\xa0億"}, "vi": {"\xa0N": "K", "\xa0Tr": "M", "\xa0T": "B"}}
"""Language → a unit of short numbers as CLDR has it → as people who buy and sell media write it."""
_COUNTRIES = {
    "HK": {"en": "Hong Kong", "zh": "香港", "vi": "Hồng Kông", "th": "ฮ่องกง"},
    "AU": {"vi": "Úc"},
    "MO": {"en": "Macao", "zh": "澳門", "vi": "Ma Cao", "th": "มาเก๊า"},
}
"""Short names: CLDR has them too, but Babel keeps the long ones alone."""
_TONGUES = {"vi": {"zh_Hant": "Tiếng Trung (Phồn thể)", "zh_Hans": "Tiếng Trung (Giản thể)"}}
"""Written languages, where CLDR names a spoken one (Mandarin) with the script."""


def choose(cookie: str | None, accept_language: str | None) -> str:
    """The language asked for by the switch, else the best of the browser's, else English."""
    if cookie in LANGUAGES:
        return str(cookie)
    asked = []
    for place, item in enumerate((accept_language or "").split(",")[:30]):
        found = re.fullmatch(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,30})?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*", item)
        if found:
            asked.append((-float(found[2] or 1), place, found[1].lower()))
    ours = {code.split("-")[0]: code for code in LANGUAGES}
    return next((ours[code] for quality, _, code in sorted(asked) if quality < 0 and code in ours), "en")


@dataclass(frozen=True)
class Formats:
    """Numbers, dates and names as one language writes them; what is not known is a dash."""

    locale: Locale

    def number(self, value: float | None) -> str:
        """A whole number with its thousands separated."""
        return _UNKNOWN if value is None else str(numbers.format_decimal(round(value), locale=self.locale))

    def compact(self, value: float | None) -> str:
        """A number in a few characters: 12K, 1.2 萬; whole where the language has no unit for it."""
        if value is None:
            return _UNKNOWN
        text = str(numbers.format_compact_decimal(value, locale=self.locale, fraction_digits=1))
        digits, unit = re.fullmatch(r"([\d.,]*)(.*)", text).groups()  # type: ignore[union-attr]
        return digits + _UNITS.get(self.locale.language, {}).get(unit, unit) if unit else self.number(value)

    def percent(self, value: float | None, digits: int = 0) -> str:
        """A share as a percentage."""
        if value is None:
            return _UNKNOWN
        pattern = "#,##0%" if not digits else "#,##0." + "#" * digits + "%"
        return str(numbers.format_percent(value, pattern, locale=self.locale))

    def formatted(self, value: float, form: str) -> str:
        """A number under a format of Python (`,.0f`, `.1%`), as this language writes it."""
        found = re.search(r"\.(\d+)", form)
        places = "." + "0" * int(found[1]) if found and int(found[1]) else ""
        if form.endswith("%"):
            return str(numbers.format_percent(value, f"#,##0{places}%", locale=self.locale))
        return str(numbers.format_decimal(value, f"#,##0{places if found else '.######'}", locale=self.locale))

    def place(self, percentile: float) -> str:
        """A share of peers that somebody stands above: nobody is above all of them."""
        return self.percent(min(int(100 * percentile), 99) / 100)

    def score(self, value: float) -> str:
        """A score or a signal's value, in hundredths."""
        return str(numbers.format_decimal(value, "0.00", locale=self.locale))

    def money(self, amount: float, currency: str) -> str:
        """An amount with its currency, without small change."""
        return str(numbers.format_currency(round(amount), currency, "¤¤ #,##0", self.locale, currency_digits=False))

    def date(self, value: date | str | None) -> str:
        """A day."""
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        return _UNKNOWN if value is None else str(dates.format_date(value, "medium", locale=self.locale))

    def moment(self, value: datetime | str) -> str:
        """A day and a time, in UTC."""
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        return f"{dates.format_datetime(value, 'medium', locale=self.locale)} UTC"

    def ago(self, seconds: float) -> str:
        """An age in words: 3 hours ago."""
        return str(dates.format_timedelta(timedelta(seconds=-seconds), add_direction=True, locale=self.locale))

    def country(self, code: str | None) -> str:
        """A country's name."""
        if code is None:
            return _UNKNOWN
        return _COUNTRIES.get(code, {}).get(self.locale.language) or str(self.locale.territories.get(code, code))

    def language(self, code: str | None) -> str:
        """A language's name."""
        if code is None:
            return _UNKNOWN
        names = {**self.locale.languages, **_TONGUES.get(self.locale.language, {})}
        base, _, script = code.partition("-")
        name = str(names.get(code.replace("-", "_")) or " ".join(filter(None, (names.get(base, base), script))))
        return f"ภาษา{name}" if self.locale.language == "th" and base in names else name

    def filters(self) -> dict[str, Callable[..., str]]:
        """All of them by name, for the templates."""
        names = (
            "number",
            "compact",
            "percent",
            "place",
            "score",
            "money",
            "date",
            "moment",
            "ago",
            "country",
            "language",
        )
        return {name: getattr(self, name) for name in names}


@cache
def formats(language: str) -> Formats:
    """The formats of one of LANGUAGES."""
    return Formats(Locale.parse("zh_Hant_TW" if language == "zh-Hant" else language, sep="_"))


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of one of LANGUAGES; English is what the templates are written in."""
    return (
        Translations.load(CATALOGUES, [language.replace("-", "_")], DOMAIN) if language != "en" else NullTranslations()
    )
