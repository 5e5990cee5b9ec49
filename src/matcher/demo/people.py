"""Invented names, handles and bios that fit a creator's market, language, niche and kind."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.demo.arrays import Ints
from matcher.demo.captions import join
from matcher.demo.cast import GROUP, MEDIA, PERSON, SHOP, Cast
from matcher.demo.lexicon import NOTHING, Lexicon
from matcher.demo.setting import LANGUAGES, MARKET_LANGUAGE, NAMES, TOPICS

_GIVEN, _FAMILY = 30, 16
_SEPARATORS = ("", "_", ".")


def _full_names() -> tuple[list[str], list[str]]:
    """Every pair of given and family name, as written and as in a handle: languages × given × family."""
    written, latin = [], []
    for language in LANGUAGES:
        table = NAMES[language]
        for given, given_latin in table["given"]:
            for family, family_latin in table["family"]:
                parts = (family, given) if table["order"] == "family given" else (given, family)
                written.append(table["between"].join(parts))
                latin.append(given_latin if len(given_latin) > 7 else given_latin + family_latin[:4])
    return written, latin


_WRITTEN, _LATIN = _full_names()


def _person(rng: np.random.Generator, cast: Cast, who: Ints) -> Ints:
    """A position in the list of full names, in the language of the creator's market."""
    language = MARKET_LANGUAGE[cast.market[who]]
    return (language * _GIVEN + rng.integers(0, _GIVEN, len(who))) * _FAMILY + rng.integers(0, _FAMILY, len(who))


def _tails(rng: np.random.Generator, lexicon: Lexicon, cast: Cast, who: Ints) -> Ints:
    kind, language = cast.kind[who], cast.language[who]
    niche = lexicon["name_tails"].pick(rng, language, cast.niches[who, 0])
    return np.select(
        [kind == PERSON, kind == GROUP, kind == MEDIA, kind >= SHOP],
        [
            np.where(rng.random(len(who)) < 0.25, niche, NOTHING),
            lexicon["group_tails"].pick(rng, language),
            lexicon["media_tails"].pick(rng, language),
            lexicon["shop_tails"].pick(rng, language),
        ],
        NOTHING,
    )


def handles_and_names(rng: np.random.Generator, lexicon: Lexicon, cast: Cast, who: Ints) -> tuple[Any, Any]:
    """(handles, display names); a handle ends in the creator's number, so no two are alike."""
    person = pa.array(_person(rng, cast, who))
    words = pa.array([t.handle_word for t in TOPICS.values()]).take(pa.array(cast.topics[who, 0]))
    between = pa.array(_SEPARATORS).take(pa.array(rng.integers(0, len(_SEPARATORS), len(who))))
    number = pc.cast(pa.array(who), pa.string())
    handle = pc.binary_join_element_wise(pa.array(_LATIN).take(person), between, words, number, "")
    tail = pa.array(lexicon.strings).take(pa.array(_tails(rng, lexicon, cast, who)))
    return handle, pc.binary_join_element_wise(pa.array(_WRITTEN).take(person), tail, "")


def bios(rng: np.random.Generator, lexicon: Lexicon, cast: Cast, who: Ints) -> Any:
    """What the creator says it does: its niche, sometimes a second one, its city, how to reach it."""
    language, n = cast.language[who], len(who)

    def some(chance: float, positions: Ints) -> Ints:
        return np.where(rng.random(n) < chance, positions, NOTHING)

    return join(
        pa.array(lexicon.strings),
        [
            lexicon["bio"].pick(rng, language, cast.niches[who, 0]),
            some(0.3, lexicon["bio"].pick(rng, language, cast.niches[who, 1])),
            some(0.45, lexicon["bio_place"].pick(rng, language, cast.market[who])),
            some(0.4, lexicon["bio_contact"].pick(rng, language)),
            some(0.5, lexicon["emoji"].pick(rng, cast.topics[who, 0])),
        ],
    )
