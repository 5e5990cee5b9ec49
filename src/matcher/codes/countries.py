"""
Countries by code and by name: in English and the languages of our markets, and by their codes of three letters.

Tables and briefs read them alike: "Taiwan", "台灣", "tw" and "TWN" are TW.
"""

from __future__ import annotations

import difflib
import unicodedata
from functools import cache

COUNTRIES = frozenset(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW""".split()
)
_LANGUAGES = ("en", "zh_Hant", "zh_Hans", "vi", "th", "ja", "ko", "id", "ms", "fr", "de", "es")
LIKE = 0.8
"""How near a misspelt name must be to that of a country, from 0 to 1."""
_MORE = {"hong kong": "HK", "macau": "MO", "macao": "MO", "viet nam": "VN", "burma": "MM", "myanmar": "MM",
         "korea": "KR", "republic of korea": "KR", "united states of america": "US", "america": "US",
         "great britain": "GB", "england": "GB", "russian federation": "RU", "turkey": "TR", "czech republic": "CZ",
         "臺灣": "TW", "香港": "HK", "澳門": "MO", "台湾": "TW", "hongkong": "HK", "uae": "AE", "mainland china": "CN",
         "ประเทศไทย": "TH", "us": "US", "britain": "GB", "uk": "GB", "scotland": "GB", "wales": "GB",
         "hong kong sar": "HK", "macau sar": "MO", "中華民國": "TW", "roc": "TW", "prc": "CN"}  # fmt: skip


def country_code(value: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code in upper case, or None where the value is not one."""
    code = value.strip().upper()
    code = "GB" if code == "UK" else code
    return code if code in COUNTRIES else None


def country_of(written: str) -> str | None:
    """The ISO 3166-1 alpha-2 code for a code or a name, None where it is neither."""
    return country_code(written) or _names().get(_folded(written))


def country_like(written: str) -> str | None:
    """The code of the country whose name is nearest to a misspelt one, None where none is near."""
    names = [name for name in _names() if len(name) > 3]  # a code of three letters is near to any other
    near = difflib.get_close_matches(_folded(written), names, n=1, cutoff=LIKE)
    return _names()[near[0]] if near else None


def country_name(code: str) -> str:
    """The English name of a code; the code itself where it has none."""
    from babel import Locale

    return str(Locale.parse("en").territories.get(code, code))


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
