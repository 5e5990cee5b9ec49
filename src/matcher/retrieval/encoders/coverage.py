"""
Which languages an encoder understands: never assumed, because outside them its vectors are noise that looks like data.

A model folder says it in `matcher.json`. For well-known Hub models it is written down here, from their model cards and
from measurement: `static-similarity-mrl-multilingual-v1` lists Thai, yet finds 3 % of Thai translations.
"""

from collections.abc import Iterable, Mapping

from matcher.records.said import Said, Term, listed, say, say_n

ENGLISH = frozenset({"en"})
MANY = frozenset(
    "af am ar az be bg bn ca cs cy da de el en es et eu fa fi fr gl gu he hi hr hu hy id is it ja ka kk km kn ko ky "
    "lo lt lv mk ml mn mr ms my ne nl no pa pl pt ro ru si sk sl so sq sr sv sw ta te th tl tr uk ur uz vi "
    "zh-Hans zh-Hant".split()
)
FIFTY = frozenset(
    "ar bg ca cs da de el en es et fa fi fr gl gu he hi hr hu hy id it ja ka ko ku lt lv mk mn mr ms my nb nl pl pt "
    "ro ru sk sl sq sr sv th tr uk ur vi zh-Hans zh-Hant".split()
)
NAMED = 6
"""So many languages are named in a warning."""
SURE_LANGUAGE = 0.5
"""A detected language is believed from this confidence on."""
DECLARED: tuple[tuple[str, frozenset[str]], ...] = (
    ("all-minilm-l6", ENGLISH),
    ("all-minilm-l12", ENGLISH),
    ("all-mpnet-base", ENGLISH),
    ("multi-qa-", ENGLISH),
    ("bge-small-en", ENGLISH),
    ("bge-base-en", ENGLISH),
    ("bge-large-en", ENGLISH),
    ("static-retrieval-mrl-en", ENGLISH),
    ("static-similarity-mrl-multilingual", MANY - {"th", "km", "lo", "my"}),
    ("multilingual-e5", MANY),
    ("bge-m3", MANY),
    ("potion-multilingual", MANY),
    ("labse", MANY),
    ("gte-multilingual", MANY),
    ("paraphrase-multilingual", FIFTY),
    ("distiluse-base-multilingual-cased-v2", FIFTY),
)
"""(part of a model's name in lower case, languages), the first that fits counts."""


def declared(name: str) -> frozenset[str] | None:
    """Languages written down here for a Hub name or a folder's name, or None for a model that nobody described."""
    lowered = name.lower().replace("_", "-")
    return next((languages for part, languages in DECLARED if part in lowered), None)


def covers(languages: Iterable[str], language: str) -> bool:
    """
    Whether a BCP-47 tag is covered: by itself, by its base language, or by a script of it.

    `en-US` is covered by `en`, and a bare `zh` by `zh-Hant`; `zh-Hant` is not covered by `zh-Hans`.
    """
    tag = language.lower()
    known = {one.lower() for one in languages}
    base = tag.split("-")[0]
    if tag in known or base in known:
        return True
    return (tag == base and any(one.split("-")[0] == base for one in known)) or tag.rsplit("-", 1)[0] in known


def uncovered(languages: Iterable[str], posts: Mapping[str, int]) -> dict[str, int]:
    """Of posts counted by language, those in languages that an encoder does not cover, most posts first."""
    known = frozenset(languages)
    out = {language: count for language, count in posts.items() if known and not covers(known, language)}
    return dict(sorted(out.items(), key=lambda item: (-item[1], item[0])))


def gap(name: str, languages: frozenset[str], posts: Mapping[str, int], least_share: float) -> Said | None:
    """What to say of an encoder that does not cover at least this share of the posts; None where it covers enough."""
    out, total = uncovered(languages, posts), sum(posts.values())
    lost = sum(out.values())
    if not lost or lost < least_share * total:
        return None
    return say(
        "encoder {encoder!r} does not cover the language of {lost:,} of {posts:,} posts ({share:.0%}): {languages}. "
        "They are found by the brief's own words, not by meaning; `matcher encoders` lists encoders that cover more",
        encoder=name,
        lost=lost,
        posts=total,
        share=lost / total,
        languages=_listed(out),
    )


def _listed(posts: Mapping[str, int]) -> Said:
    """Languages with their posts, the first few, then how many more."""
    named = listed(
        say("{language} ({posts:,})", language=Term(language, "language"), posts=count)
        for language, count in list(posts.items())[:NAMED]
    )
    more = len(posts) - NAMED
    if more <= 0:
        return named
    return say_n("{named} and {n} more language", "{named} and {n} more languages", more, named=named)
