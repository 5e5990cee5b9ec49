"""
Words run together, taken apart again: `streetfoodtaipei` → street food taipei, `dulichvietnam` → du lich viet nam.

The cheapest split under a unigram model, as in Norvig, "Natural Language Corpus Data" (2009): a word costs the
logarithm of its rank in a frequency list (Zipf), an unknown stretch costs more the longer it is. English and
Vietnamese are split apart and the cheaper one wins, because Vietnamese syllables are short enough to spell anything.
"""

import math
import unicodedata
from functools import lru_cache
from pathlib import Path

_UNKNOWN = 7.0
_UNKNOWN_LETTER = 2.5
_VIETNAMESE = 1.0
_ENGLISH_ENOUGH = 1.9
_LONGEST_RUN = 60
_NOT_VIETNAMESE = frozenset("fjwz")

Costs = dict[str, float]
"""Word → cost, and every beginning of a word → infinity, so that a search knows when to stop."""


@lru_cache(maxsize=1)
def english_costs() -> Costs:
    """Return the costs of English words, from `data/words_en.txt` (most frequent first)."""
    return _with_beginnings(_zipf(_lines("words_en.txt"), letter_alone=14.0))


@lru_cache(maxsize=1)
def vietnamese_costs() -> Costs:
    """Return the costs of Vietnamese syllables with and without diacritics, from `data/syllables_vi.txt`."""
    syllables = _lines("syllables_vi.txt")
    bare = list(dict.fromkeys(without_diacritics(syllable) for syllable in syllables))
    return _with_beginnings({**_zipf(syllables, letter_alone=20.0), **_zipf(bare, letter_alone=20.0)})


def split_run(run: str) -> tuple[str, ...]:
    """Return the words of one run of small letters; a run that is a word, or that no list can explain, stays whole."""
    english = english_costs()
    if len(run) < 5 or len(run) > _LONGEST_RUN or english.get(run, math.inf) < math.inf:
        return (run,)
    english_cost, english_words = _cheapest(run, english)
    if english_cost < _ENGLISH_ENOUGH * len(run) or not _NOT_VIETNAMESE.isdisjoint(run):
        return english_words
    vietnamese_cost, vietnamese_words = _cheapest(run, vietnamese_costs())
    return english_words if english_cost <= vietnamese_cost + _VIETNAMESE else vietnamese_words


def without_diacritics(text: str) -> str:
    """Return the text as typed on a keyboard without Vietnamese letters: ẩm thực → am thuc, đà → da."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare).replace("đ", "d").replace("Đ", "D")


def _cheapest(run: str, costs: Costs) -> tuple[float, tuple[str, ...]]:
    """Viterbi over the run: known words by their cost, unknown stretches by an opening cost and one per letter."""
    n = len(run)
    best, start = [math.inf] * (n + 1), [0] * (n + 1)
    best[0] = 0.0
    stretch, stretch_start = math.inf, 0
    for begin in range(n):
        here = best[begin]
        if here + _UNKNOWN < stretch:
            stretch, stretch_start = here + _UNKNOWN, begin
        stretch += _UNKNOWN_LETTER
        if stretch < best[begin + 1]:
            best[begin + 1], start[begin + 1] = stretch, stretch_start
        for end in range(begin + 1, n + 1):
            cost = costs.get(run[begin:end])
            if cost is None:
                break
            if here + cost < best[end]:
                best[end], start[end] = here + cost, begin
    words: list[str] = []
    end = n
    while end:
        words.append(run[start[end] : end])
        end = start[end]
    return best[n], tuple(reversed(words))


def _zipf(words: list[str], letter_alone: float) -> Costs:
    scale = math.log(max(len(words), 2))
    return {word: math.log((rank + 1) * scale) if len(word) > 1 else letter_alone for rank, word in enumerate(words)}


def _with_beginnings(costs: Costs) -> Costs:
    for word in list(costs):
        for length in range(1, len(word)):
            costs.setdefault(word[:length], math.inf)
    return costs


def _lines(name: str) -> list[str]:
    return (Path(__file__).parent / "data" / name).read_text("utf-8").split()
