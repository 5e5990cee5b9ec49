"""Where creators come from: the languages that they publish in, and their likely market."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.audiences import Audiences
from matcher.indexing.spool import Spool
from matcher.indexing.vocabulary import Vocabulary
from matcher.snapshot import STATUSES
from matcher.text import (
    creator_languages,
    detect_languages,
    is_cantonese,
    market_of_language,
    normalise_language,
    resolve_chinese,
)

_TEXTS = 50_000
"""Texts that are read into memory at once."""
_LEAST_CANTONESE = 2.0
"""So many texts, or half of them: one in Cantonese among others may be a quotation."""
_ESTIMATED, _DECLARED = STATUSES.index("estimated"), STATUSES.index("declared")


def spoken_languages(
    creators: pa.Table, spool: Spool, order: NDArray[np.int64], languages: Vocabulary
) -> tuple[list[list[str]], NDArray[np.int8]]:
    """Languages of each creator: as stated, else from the posts; and where they came from."""
    n = creators.num_rows
    found = creator_languages(spool.creator[order], spool.language[order], spool.language_confidence[order], n)
    bios = creators.column("bio")
    spoken: list[list[str]] = []
    status = np.zeros(n, np.int8)
    for row, stated in enumerate(creators.column("languages").to_pylist()):
        own = [name for name in map(normalise_language, stated or ()) if name]
        if "zh" in own:
            script = next((name for name in found[row] if name in ("zh-Hant", "zh-Hans")), None)
            script = script or resolve_chinese("zh", bios[row].as_py() or "") or "zh"
            own = [script if name == "zh" else name for name in own]
        spoken.append(list(dict.fromkeys(own or found[row])))
        status[row] = _DECLARED if own else _ESTIMATED if spoken[row] else 0
    used = Counter(name for names in spoken for name in names)
    languages.encode(sorted(used, key=lambda name: (-used[name], name)), np.int16)  # the usual ones first
    return spoken, status


def cantonese_shares(creators: pa.Table, spool: Spool, asked: NDArray[np.bool_]) -> NDArray[np.float64]:
    """
    The share of Cantonese among the Chinese texts (posts in zh-Hant, and a bio) of each creator of n, float64 [n].

    0 where there are none, where one of several is, for people quote (`_LEAST_CANTONESE`), and for creators who are not
    asked for (bool [n]): texts are only read where it matters.
    """
    posts = np.flatnonzero(asked[spool.creator] & (spool.language == "zh-Hant"))
    rows = np.flatnonzero(asked)
    written, texts = spool.table().column("text"), np.zeros((2, len(asked)))
    for start in range(0, len(posts), _TEXTS):
        some = posts[start : start + _TEXTS]
        _count_cantonese(texts, spool.creator[some], written.take(pa.array(some)).to_pylist())
    bios = [bio or "" for bio in creators.column("bio").take(pa.array(rows)).to_pylist()]
    chinese = [i for i, found in enumerate(detect_languages(bios)[0]) if found == "zh-Hant"]
    _count_cantonese(texts, rows[chinese], [bios[i] for i in chinese])
    enough = texts[1] >= np.minimum(_LEAST_CANTONESE, texts[0] / 2)
    return np.where(enough, texts[1] / np.maximum(texts[0], 1.0), 0.0)


def _count_cantonese(texts: NDArray[np.float64], owner: NDArray[Any], found: list[str | None]) -> None:
    """Add texts to the counts [2, n] of their owners: all, and those that are written Cantonese."""
    np.add.at(texts[0], owner, 1.0)
    np.add.at(texts[1], owner, is_cantonese([text or "" for text in found]))


def likely_market(
    country: NDArray[np.int16],
    spoken: list[list[str]],
    cantonese: NDArray[np.float64],
    audience: Audiences,
    countries: Vocabulary,
) -> tuple[NDArray[np.int16], NDArray[np.int8]]:
    """The market of each creator: its country, else that of its first language, else most of its audience's."""
    market, status = country.copy(), np.where(country >= 0, _DECLARED, 0).astype(np.int8)
    cells, arrays = audience.cells, audience.arrays
    for row in np.flatnonzero(country < 0):
        likely = market_of_language(spoken[row][0], cantonese[row]) if spoken[row] else None
        if likely is None:
            own = slice(arrays.start[row], arrays.start[row + 1])
            most = [c for c, s in zip(arrays.cell[own], arrays.share[own], strict=True) if s >= 0.5]
            likely = next((cells[c][1] for c in most if cells[c][0] == "country"), None)
        if likely is not None:
            market[row], status[row] = countries.code(likely), _ESTIMATED
    return market, status
