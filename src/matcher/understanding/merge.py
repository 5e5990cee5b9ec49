"""Claims to fields: lists are gathered, shares made equal, and what contradicts itself is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from matcher.records.said import Term, say
from matcher.understanding.people import age_shares
from matcher.understanding.reading import Claim, Doubt

Values = dict[str, Any]
Parts = list[tuple[Claim, Any]]
How = Callable[[Sequence[Claim]], Any]


def merged(claims: Sequence[Claim]) -> tuple[Values, Parts, list[Doubt]]:
    """The fields of the brief, each claim with the value it stands for, and the claims that do not go together."""
    by_field: dict[str, list[Claim]] = {}
    for claim in claims:
        by_field.setdefault(claim.field, []).append(claim)
    fields: Values = {}
    parts: Parts = []
    doubts: list[Doubt] = []
    for field, own in by_field.items():
        how: How = _HOW.get(field.rpartition(".")[2], _gathered)
        value = how(own)
        if value is None:
            reason = say("said in several ways: {field}", field=Term(field, "place"))
            doubts += [Doubt(claim.start, claim.end, reason) for claim in own]
            continue
        _put(fields, field.split("."), value)
        parts += [(claim, _shown(claim, value)) for claim in own]
    parts.sort(key=lambda part: (part[0].start, part[0].end))
    return fields, parts, doubts


def _put(fields: Values, path: list[str], value: Any) -> None:
    for name in path[:-1]:
        fields = fields.setdefault(name, {})
    fields[path[-1]] = value


def _shown(claim: Claim, value: Any) -> Any:
    """What one claim added: its item of a list or of shares, or the value that all agree on."""
    if isinstance(value, list):
        return claim.value
    if claim.field == "target_audience.age":
        return age_shares(*claim.value)
    if claim.field == "target_audience.gender":
        return {claim.value[0]: value[claim.value[0]]}
    return {claim.value: value[claim.value]} if claim.field == "target_audience.country" else value


def _gathered(claims: Sequence[Claim]) -> list[Any]:
    return list(dict.fromkeys(claim.value for claim in claims))


def _only(claims: Sequence[Claim]) -> Any:
    """The one value; None where there are several."""
    first = claims[0].value
    return first if all(claim.value == first for claim in claims) else None


def _span(claims: Sequence[Claim]) -> dict[str, float] | None:
    """One range; a floor and a ceiling said apart are one too."""
    span: dict[str, float] = {}
    for claim in claims:
        for end, value in claim.value.items():
            if span.setdefault(end, value) != value:
                return None
    return None if span.get("min", 0.0) > span.get("max", float("inf")) else span


def _countries(claims: Sequence[Claim]) -> dict[str, float]:
    codes = _gathered(claims)
    return {code: round(1 / len(codes), 4) for code in codes}


def _genders(claims: Sequence[Claim]) -> dict[str, float] | None:
    shares: dict[str, float | None] = {}
    for claim in claims:
        gender, share = claim.value
        if shares.get(gender) is not None and share is not None and shares[gender] != share:
            return None
        shares[gender] = shares.get(gender) if share is None else share
    if len(shares) == 1:
        (gender, share), other = next(iter(shares.items())), {"female": "male", "male": "female"}
        return {gender: 1.0} if share in (None, 1.0) else {gender: share, other[gender]: round(1 - share, 4)}
    said = {gender: share for gender, share in shares.items() if share is not None}
    return said if len(said) == len(shares) and abs(sum(said.values()) - 1) < 0.01 else None


def _ages(claims: Sequence[Claim]) -> dict[str, float]:
    """All the years of all the ranges together."""
    first, last = min(claim.value[0] for claim in claims), max(claim.value[1] for claim in claims)
    return age_shares(first, last)


_HOW: dict[str, How] = {
    "followers": _span, "engagement_rate": _span, "budget": _only, "price": _only, "goal": _only,
    "last_post_within_days": _only,
    "country": _countries, "gender": _genders, "age": _ages,
}  # fmt: skip
