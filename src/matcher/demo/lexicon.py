"""
Every phrase of the demo world in one flat list, and pools that say which stretch of it fits what.

A pool is keyed by language, topic, niche, market or brand and answers with positions in the list, so that a
million captions are a handful of NumPy draws and one join.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from matcher.demo.arrays import Ints
from matcher.demo.setting import BRANDS, CITIES, LANGUAGES, MARKET_LANGUAGES, MARKETS, NICHES, TOPICS, phrases

NOTHING = 0
"""Position of the empty phrase."""
Phrases = dict[str, Any]


@dataclass(frozen=True)
class Pool:
    """Stretches of the phrase list: `starts` and `counts` have one axis per part of the key."""

    starts: Ints
    counts: Ints

    def pick(self, rng: np.random.Generator, *key: Ints) -> Ints:
        """One position for each key; the empty phrase where the pool holds none for it."""
        counts = self.counts[key]
        offset = (rng.random(len(counts)) * counts).astype(np.int64)
        return np.where(counts > 0, self.starts[key] + offset, NOTHING)


@dataclass
class Lexicon:
    """The phrase list and its pools, by name. Tags stand in it without their '#'."""

    strings: list[str] = field(default_factory=lambda: [""])
    pools: dict[str, Pool] = field(default_factory=dict)

    def add(self, name: str, shape: Sequence[int], cells: Iterable[tuple[tuple[int, ...], Sequence[str]]]) -> None:
        """Add a pool of this shape; each cell is a key and its phrases."""
        starts = np.zeros(shape, dtype=np.int64)
        counts = np.zeros(shape, dtype=np.int64)
        for key, texts in cells:
            starts[key], counts[key] = len(self.strings), len(texts)
            self.strings.extend(texts)
        self.pools[name] = Pool(starts, counts)

    def __getitem__(self, name: str) -> Pool:
        return self.pools[name]


def sentence(lang: Phrases, text: str) -> str:
    """A text with the full stop and the space that its language puts before the next sentence."""
    loose = text.startswith("📍") or text.split(" ")[-1].startswith(("#", "@"))
    if loose:
        return text + " "
    ended = text.endswith(("。", "？", "！", "?", "!", "."))
    stop: str = "" if ended else lang["full_stop"]
    between: str = lang["between_sentences"]
    return text + stop + between


def _filled(lang: Phrases, templates: Sequence[str], **values: str) -> list[str]:
    return [sentence(lang, template.format(**values)) for template in templates]


def _by_language(lexicon: Lexicon, languages: list[Phrases]) -> None:
    for name in ("openers", "opinions", "closers", "shop_closers", "bio_contact", "praise", "replies"):
        cells = (((i,), _filled(lang, lang["shared"][name])) for i, lang in enumerate(languages))
        lexicon.add(name, [len(languages)], cells)
    for name in ("generic", "bot", "shop_tails", "media_tails", "group_tails"):  # no sentences, so no full stop
        lexicon.add(name, [len(languages)], (((i,), lang["shared"][name]) for i, lang in enumerate(languages)))


def _by_niche(lexicon: Lexicon, languages: list[Phrases]) -> None:
    shape = [len(languages), len(NICHES)]
    niches = [
        ((i, j), lang, lang["topics"][topic], lang["topics"][topic]["niches"][niche])
        for i, lang in enumerate(languages)
        for j, (topic, niche) in enumerate(NICHES)
    ]

    def about_subjects(lang: Phrases, templates: list[str], subjects: list[str]) -> list[str]:
        return [text for s in subjects for text in _filled(lang, templates, s=s)]

    lexicon.add("leads", shape, ((k, about_subjects(g, t["leads"], n["subjects"])) for k, g, t, n in niches))
    lexicon.add(
        "questions", shape, ((k, about_subjects(g, g["shared"]["questions"], n["subjects"])) for k, g, t, n in niches)
    )
    lexicon.add("facts", shape, ((k, _filled(g, n["facts"])) for k, g, t, n in niches))
    lexicon.add("bio", shape, ((k, _filled(g, g["shared"]["bio"], label=n["label"])) for k, g, t, n in niches))
    lexicon.add(
        "name_tails",
        shape,
        ((k, [x.format(label=n["label"]) for x in g["shared"]["name_tails"]]) for k, g, t, n in niches),
    )


def _by_place_and_brand(lexicon: Lexicon, languages: list[Phrases]) -> None:
    size, here = len(languages), MARKET_LANGUAGES

    def in_cities(lang: Phrases, name: str, market: int) -> list[str]:
        cities = CITIES[LANGUAGES.index(lang["language"]), market]
        return [text for city, _ in cities for text in _filled(lang, lang["shared"][name], p=city)]

    for name in ("places", "bio_place"):
        lexicon.add(name, [size, len(MARKETS)], (((i, m), in_cities(languages[i], name, m)) for i, m in here))
    for name in ("labelled", "disclosed", "mentioned"):
        branded = (
            ((i, b), _filled(lang, lang["shared"][name], b=brand.name, h=brand.handle))
            for i, lang in enumerate(languages)
            for b, brand in enumerate(BRANDS)
        )
        lexicon.add(name, [size, len(BRANDS)], branded)


def _tags(lexicon: Lexicon, languages: list[Phrases]) -> None:
    size = len(languages)
    lexicon.add(
        "niche_tags",
        [size, len(NICHES)],
        (
            ((i, j), lang["topics"][t]["niches"][n]["tags"])
            for i, lang in enumerate(languages)
            for j, (t, n) in enumerate(NICHES)
        ),
    )
    lexicon.add(
        "topic_tags",
        [size, len(TOPICS)],
        (((i, j), lang["topics"][t]["tags"]) for i, lang in enumerate(languages) for j, t in enumerate(TOPICS)),
    )
    lexicon.add("generic_tags", [size], (((i,), lang["shared"]["generic_tags"]) for i, lang in enumerate(languages)))

    def local(lang: Phrases, stem: str, city: str) -> str:
        return city + stem if lang["local_tag"] == "city+stem" else stem + city

    lexicon.add(
        "local_tags",
        [size, len(MARKETS), len(TOPICS)],
        (
            (
                (i, m, j),
                [
                    local(languages[i], stem, slug)
                    for stem in languages[i]["topics"][t]["local_tags"]
                    for _, slug in CITIES[i, m]
                ],
            )
            for i, m in MARKET_LANGUAGES
            for j, t in enumerate(TOPICS)
        ),
    )


@cache
def lexicon() -> Lexicon:
    """The phrases of all languages, read once."""
    made = Lexicon()
    languages = [phrases(tag) for tag in LANGUAGES]
    _by_language(made, languages)
    _by_niche(made, languages)
    _by_place_and_brand(made, languages)
    _tags(made, languages)
    made.add("emoji", [len(TOPICS)], (((j,), [e + " " for e in t.emoji]) for j, t in enumerate(TOPICS.values())))
    return made
