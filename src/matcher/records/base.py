"""What the records of a brief have in common: frozen, no unknown fields, codes in one spelling."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from matcher.records.said import say


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


def as_country(code: str) -> str:
    """A country code in upper case; raises ValueError for what is none."""
    if not re.fullmatch(r"[A-Za-z]{2}", code):
        raise ValueError(say("a country is its ISO 3166-1 alpha-2 code, such as TW, VN, TH or US"))
    return code.upper()


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
"""ISO 3166-1 alpha-2, upper case."""

Currency = Annotated[str, AfterValidator(_currency)]
"""ISO 4217, upper case."""

Language = Annotated[str, AfterValidator(as_language)]
"""BCP-47: the language alone, but zh with its script where that is known (zh-Hant, zh-Hans)."""

Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A part of 1, never percent."""

Name = Annotated[str, Field(min_length=1, max_length=200)]
"""A short piece of text that is not empty."""
