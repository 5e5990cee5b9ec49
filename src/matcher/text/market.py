"""
From posts to creators: the languages someone publishes in, and the market that these point to.

Languages are compared as numbers (`language_ids`), so that a table of millions of posts is one bincount.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.text.scripts import HAN_CLASSES, Script, script_counts

CODES: tuple[str, ...] = (
    "en", "zh-Hant", "zh-Hans", "vi", "th", "ja", "ko", "id", "ms", "tl", "lo", "km", "my", "hi", "es", "pt", "fr",
    "de", "it", "nl", "sv", "da", "no", "fi", "pl", "cs", "ro", "hu", "tr", "hr", "sk", "ru", "uk", "bg", "sr", "kk",
    "mn", "ar", "fa", "ur", "mr", "ne", "bn", "pa", "gu", "ta", "te", "kn", "ml", "si", "he", "el", "hy", "ka", "am",
    "or",
)  # fmt: skip
"""The code table: a language's number is its place here. New languages go to the end; the order never changes."""

UNKNOWN = -1
_ID = {code: number for number, code in enumerate(CODES)}

_MARKETS = {
    "vi": "VN", "th": "TH", "zh-Hant": "TW", "zh-Hans": "CN", "ja": "JP", "ko": "KR", "id": "ID", "ms": "MY",
    "tl": "PH", "lo": "LA", "km": "KH", "my": "MM", "hi": "IN", "mr": "IN", "pa": "IN", "gu": "IN", "te": "IN",
    "kn": "IN", "ml": "IN", "or": "IN", "bn": "BD", "ne": "NP", "si": "LK", "it": "IT", "pl": "PL", "cs": "CZ",
    "sk": "SK", "hu": "HU", "ro": "RO", "tr": "TR", "sv": "SE", "da": "DK", "no": "NO", "fi": "FI", "hr": "HR",
    "ru": "RU", "uk": "UA", "bg": "BG", "sr": "RS", "kk": "KZ", "mn": "MN", "fa": "IR", "he": "IL", "el": "GR",
    "hy": "AM", "ka": "GE", "am": "ET",
}  # fmt: skip
"""One market per language where the language has one. English, Spanish, Arabic and the like have many."""


CANTONESE_SHARE = 0.1
"""
The share of a creator's Chinese texts in written Cantonese from which on it is taken to be in Hong Kong: people there
mostly write standard Chinese, and people in Taiwan hardly ever a word of Cantonese.
"""


def language_ids(codes: Sequence[str | None]) -> NDArray[np.int8]:
    """Return each code's number in `CODES`, int8 [n]; -1 for None and for codes that are not in the table."""
    return np.fromiter((_ID.get(code, UNKNOWN) if code else UNKNOWN for code in codes), dtype=np.int8, count=len(codes))


def language_shares(
    creator_rows: NDArray[np.int32],
    languages: ArrayLike | Sequence[str | None],
    confidences: NDArray[np.float32],
    n_creators: int,
    min_confidence: float = 0.4,
) -> NDArray[np.float32]:
    """
    Return the share of each creator's confident posts in each language, float32 [n_creators, len(CODES)].

    `languages` are codes or their numbers (any integer dtype, -1 unknown). Posts below `min_confidence` count only for
    creators who have none above it. A creator without any post in a known language has a row of zeros.
    """
    ids = _as_ids(languages)
    sure = np.asarray(confidences, dtype=np.float32)
    rows = np.asarray(creator_rows, dtype=np.int64)
    known = (ids >= 0) & (sure > 0)
    confident = known & (sure >= min_confidence)
    counts = _count(rows[confident], ids[confident], np.ones(int(confident.sum())), n_creators)
    empty = counts.sum(axis=1) == 0
    doubtful = known & ~confident & empty[rows]
    counts += _count(rows[doubtful], ids[doubtful], sure[doubtful], n_creators)
    total = counts.sum(axis=1, keepdims=True)
    return np.asarray(counts / np.maximum(total, np.finfo(np.float64).tiny), dtype=np.float32)


def creator_languages(
    creator_rows: NDArray[np.int32],
    languages: ArrayLike | Sequence[str | None],
    confidences: NDArray[np.float32],
    n_creators: int,
    min_share: float = 0.2,
) -> list[list[str]]:
    """
    Return the languages that each creator publishes in, most used first; [] where nothing is known.

    `creator_rows` int32 [n posts] says whose each post is; see `language_shares` for the rest.
    """
    shares = language_shares(creator_rows, languages, confidences, n_creators)
    found: list[list[str]] = [[] for _ in range(n_creators)]
    rows, ids = np.nonzero(shares >= min_share)
    order = np.lexsort((ids, -shares[rows, ids], rows))
    for row, language in zip(rows[order].tolist(), ids[order].tolist(), strict=True):
        found[row].append(CODES[language])
    return found


def market_of_language(language: str | None, cantonese: float = 0.0) -> str | None:
    """
    Return the ISO 3166-1 country that a language points to, None where it points to many or is unknown.

    zh-Hant points to HK instead of TW where `cantonese`, the share of the Chinese texts that are written Cantonese
    (`is_cantonese`), is at least CANTONESE_SHARE.
    """
    if language == "zh-Hant" and cantonese >= CANTONESE_SHARE:
        return "HK"
    return _MARKETS.get(language) if language else None


def likely_market(shares: Mapping[str, float], cantonese: float = 0.0) -> str | None:
    """
    Return the market that a creator's languages point to, or None.

    `shares` is language → share of the posts. English says nothing about the market, so the largest language that does
    say something decides, if it has at least a fifth. For `cantonese` see `market_of_language`.
    """
    for language, share in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        market = market_of_language(language, cantonese)
        if market and share >= 0.2:
            return market
    return None


def is_cantonese(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Return whether each text is written Cantonese: at least 3 % of its Chinese characters are Cantonese only."""
    counts = script_counts(texts)
    own = counts[:, Script.CANTONESE]
    han = own + counts[:, [script for script in HAN_CLASSES if script != Script.CANTONESE]].sum(axis=1)
    return np.asarray((own > 0) & (own >= 0.03 * han))


def _as_ids(languages: ArrayLike | Sequence[str | None]) -> NDArray[np.int64]:
    if isinstance(languages, np.ndarray) and languages.dtype.kind in "iu":
        return languages.astype(np.int64)
    return language_ids(list(languages)).astype(np.int64)  # type: ignore[arg-type]


def _count(
    rows: NDArray[np.int64], ids: NDArray[np.int64], weights: NDArray[np.floating], n_creators: int
) -> NDArray[np.float64]:
    flat = np.bincount(rows * len(CODES) + ids, weights=weights, minlength=n_creators * len(CODES))
    return flat.astype(np.float64).reshape(n_creators, len(CODES))
