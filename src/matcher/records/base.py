"""What the records of a brief have in common: frozen, no unknown fields, codes in one spelling."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from matcher.codes.countries import country_like, country_name, country_of
from matcher.records.said import say


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


def as_country(written: str) -> str:
    """The code of a country that is given by code or name; raises ValueError for what is none."""
    code = country_of(written)
    if code:
        return code
    if near := country_like(written):
        raise ValueError(
            say("no country is called so; did you mean {name} ({code})?", name=country_name(near), code=near)
        )
    raise ValueError(say("no country is called so; give its name, or its ISO 3166-1 code such as TW, VN, TH or US"))


def _once(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _currency(code: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", code):
        raise ValueError(say("a currency is its ISO 4217 code, such as USD, TWD, VND or THB"))
    return code.upper()


_REGION_SCRIPT = {"tw": "Hant", "hk": "Hant", "mo": "Hant", "cn": "Hans", "sg": "Hans", "my": "Hans"}


def as_language(code: str) -> str:
    """A BCP-47 code as Language spells it; raises ValueError for what is none."""
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?", code)
    if not found:
        raise ValueError(say("a language is its BCP-47 code, such as zh-Hant, vi, th or en"))
    language, script, region = found.groups()
    language = language.lower()
    if language != "zh":
        return language
    script = script or _REGION_SCRIPT.get((region or "").lower())
    return f"zh-{script.title()}" if script else "zh"


Country = Annotated[str, AfterValidator(as_country)]
"""ISO 3166-1 alpha-2, upper case; a name of the country is read as its code."""

Countries = Annotated[tuple[Country, ...], AfterValidator(_once)]
"""Countries, each once: "Taiwan" and "TW" are one."""

Currency = Annotated[str, AfterValidator(_currency)]
"""ISO 4217, upper case."""

Language = Annotated[str, AfterValidator(as_language)]
"""BCP-47: the language alone, but zh with its script where that is known (zh-Hant, zh-Hans)."""

Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A part of 1, never percent."""

Name = Annotated[str, Field(min_length=1, max_length=200)]
"""A short piece of text that is not empty."""
