"""Countries by name: in English and the languages of our markets, and by their codes of three letters."""

from __future__ import annotations

import unicodedata
from functools import cache

from matcher.catalog.codes import COUNTRIES, country_code

_LANGUAGES = ("en", "zh_Hant", "zh_Hans", "vi", "th", "ja", "ko", "id", "ms", "fr", "de", "es")
_MORE = {"hong kong": "HK", "macau": "MO", "macao": "MO", "viet nam": "VN", "burma": "MM", "myanmar": "MM",
         "korea": "KR", "republic of korea": "KR", "united states of america": "US", "america": "US",
         "great britain": "GB", "england": "GB", "russian federation": "RU", "turkey": "TR", "czech republic": "CZ",
         "臺灣": "TW", "香港": "HK", "澳門": "MO", "台湾": "TW"}  # fmt: skip


def country_of(written: str) -> str | None:
    """The ISO 3166-1 alpha-2 code for a code or a name, None where it is neither."""
    return country_code(written) or _names().get(_folded(written))


@cache
def _names() -> dict[str, str]:
    from babel import Locale  # late: names are looked up only where a table has some
    from babel.core import get_global

    found: dict[str, str] = {}
    for language in reversed(_LANGUAGES):  # where two languages differ over a name, English has the last word
        territories = Locale.parse(language).territories
        found |= {_folded(name): code for code, name in territories.items() if code in COUNTRIES}
    for alias, codes in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and codes[0] in COUNTRIES:
            found[_folded(alias)] = codes[0]
    return found | {_folded(name): code for name, code in _MORE.items()}


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold().replace(".", "").replace("&", "and")
    return " ".join(plain.removeprefix("the ").split())
