"""Platforms, tiers and languages: names, in the company that makes a condition of them."""

from __future__ import annotations

import re

from matcher.records.said import say
from matcher.understanding.lexicon import any_of, compiled, data, folded, names, pattern
from matcher.understanding.reading import Claim, Doubt, Page, Read

_AND = r"\s*(?:,|/|&|\+|、|and|or|和|或|及|與|và|hoặc|และ|หรือ)\s*"
_TO = r"\s*(?:-|to|到|至|đến|ถึง)\s*"
_TIERS = ("nano", "micro", "mid", "macro", "mega")


def read_platforms(page: Page) -> Read:
    """Platforms where creators should be; those that the text calls its own or speaks of otherwise are left out."""
    known, others = names("platforms"), any_of(data("names")["not_platforms"])
    for found in page.find(rf"(?P<other>{others})|(?P<name>{any_of(known)})"):
        if found["other"] or _is_handle(page.text, found):
            continue
        name = " ".join(found["name"].split())
        if name == "threads" and not page.ends_before(found.start(), r"(?:on|,|and|or|/|、|和|在|ใน|trên|或|與)\s*|^"):
            continue  # the thing one sews with
        if page.ends_before(found.start(), rf"{pattern('own')}\s*(?:\w+\s+)?", 20):
            yield Doubt(*found.span(), say("a platform that is not said of the creators"))
        else:
            yield Claim("platforms", known[name], *found.span(), condition=True)


def _is_handle(text: str, found: re.Match[str]) -> bool:
    return text[found.start() - 1 : found.start()] in ("@", "#", ".", "_") or text[found.end() :][:4].startswith(".com")


def read_tiers(page: Page) -> Read:
    """Size classes, where they are said of creators: "nano and micro influencers"."""
    known = names("tiers")
    name = any_of(known)
    list_of = rf"{name}(?:(?:{_AND}|{_TO}){name})*"
    after, before = any_of(data("names")["tier_after"]), any_of(data("names")["tier_before"])
    tail = rf"(?:[\s-]*(?:tier\s+)?{after})"
    for found in page.find(rf"(?P<led>{list_of}){tail}|{before}[\s-]*(?P<following>{list_of})"):
        group = "led" if found["led"] else "following"
        start, written = found.start(group), found[group]
        parts = [(part.start(), known[folded(part.group())]) for part in compiled(name).finditer(written)]
        ranged = len(parts) == 2 and re.fullmatch(rf"{name}{_TO}{name}", written)
        if ranged:
            low, high = sorted(_TIERS.index(tier) for _, tier in parts)
            parts = [(0, tier) for tier in _TIERS[low : high + 1]]
        for at, tier in parts:
            piece = compiled(name).match(written, at)
            end = start + (len(written) if ranged or piece is None else piece.end())
            yield Claim("tiers", tier, start + at, end, condition=True)


def read_languages(page: Page) -> Read:
    """Languages that creators publish in: "speak Thai", "中文內容", "nội dung tiếng Việt"."""
    known = names("languages")
    name = any_of(known)
    before, after = pattern("language_before"), pattern("language_after")
    list_of = rf"{name}(?:(?:{_AND}){name})*"
    for found in page.find(rf"(?:{before}\s*(?P<said>{list_of})|(?P<led>{list_of})\s*{after})"):
        group = "said" if found["said"] else "led"
        for part in compiled(name).finditer(page.text, found.start(group), found.end(group)):
            yield Claim("languages", known[" ".join(part.group().split())], *part.span(), condition=True)
