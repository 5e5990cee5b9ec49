"""
Words run together, taken apart again: `streetfoodtaipei` → street food taipei, `dulichvietnam` → du lich viet nam.

The cheapest split under a unigram model, as in Norvig, "Natural Language Corpus Data" (2009): a word costs the
logarithm of its rank in a frequency list (Zipf), an unknown stretch costs more the longer it is. English and
Vietnamese are split apart and the cheaper one wins, because Vietnamese syllables are short enough to spell anything.
"""

import math
import unicodedata
from functools import lru_cache
from importlib import resources

_UNKNOWN = 9.0
_UNKNOWN_LETTER = 2.5
_VIETNAMESE = 1.0
_LONGEST_RUN = 60


@lru_cache(maxsize=1)
def english_costs() -> dict[str, float]:
    """Return word → cost for English, from `data/words_en.txt` (most frequent first)."""
    return _zipf(_lines("words_en.txt"))


@lru_cache(maxsize=1)
def vietnamese_costs() -> dict[str, float]:
    """Return syllable → cost for Vietnamese with and without diacritics, from `data/syllables_vi.txt`."""
    syllables = _lines("syllables_vi.txt")
    bare = dict.fromkeys(without_diacritics(syllable) for syllable in syllables)
    return {**_zipf(syllables, letter_alone=20.0), **_zipf(list(bare), letter_alone=20.0)}


@lru_cache(maxsize=1 << 16)
def split_run(run: str) -> tuple[str, ...]:
    """Return the words of one run of small letters; a run that is a word, or that no list can explain, stays whole."""
    if len(run) < 5 or len(run) > _LONGEST_RUN or run in english_costs():
        return (run,)
    english_cost, english = _cheapest(run, english_costs())
    if len(run) > 24:
        return english
    vietnamese_cost, vietnamese = _cheapest(run, vietnamese_costs())
    return english if english_cost <= vietnamese_cost + _VIETNAMESE else vietnamese


def without_diacritics(text: str) -> str:
    """Return the text as typed on a keyboard without Vietnamese letters: ẩm thực → am thuc, đà → da."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare).replace("đ", "d").replace("Đ", "D")


def _cheapest(run: str, costs: dict[str, float]) -> tuple[float, tuple[str, ...]]:
    best = [0.0] + [math.inf] * len(run)
    start = [0] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        for begin in range(max(0, end - 22), end):
            word = run[begin:end]
            cost = best[begin] + costs.get(word, _UNKNOWN + _UNKNOWN_LETTER * len(word))
            if cost < best[end]:
                best[end], start[end] = cost, begin
    words: list[str] = []
    end = len(run)
    while end:
        words.append(run[start[end] : end])
        end = start[end]
    return best[-1], tuple(reversed(words))


def _zipf(words: list[str], letter_alone: float = 14.0) -> dict[str, float]:
    scale = math.log(max(len(words), 2))
    return {
        word: math.log((rank + 1) * scale) if len(word) > 1 else letter_alone
        for rank, word in reversed(list(enumerate(words)))
    }


def _lines(name: str) -> list[str]:
    return resources.files("matcher.text").joinpath("data", name).read_text("utf-8").split()
