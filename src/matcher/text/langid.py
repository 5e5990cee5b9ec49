"""
py3langid for whole batches: the same naive Bayes over byte n-grams, without a Python loop per byte.

Its automaton is walked for all texts at once, one byte position per step (texts sorted by length, so the ones still
running are a prefix), and the scores of all texts are one sparse product. A test holds the result equal to
`py3langid`'s own `rank`. The model loads on first use (about half a second).
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_CHUNK = 2048
_LOADING = Lock()
"""Threads that need the model at the same moment wait for one of them to load it, instead of each loading its own."""

LATIN = (
    "en", "id", "ms", "vi", "tl", "es", "pt", "fr", "de", "it", "nl", "sv", "da", "no", "fi", "pl", "cs", "ro", "hu",
    "tr", "hr", "sk",
)  # fmt: skip
CYRILLIC = ("ru", "uk", "bg", "sr", "kk", "mn")
ARABIC = ("ar", "fa", "ur")
DEVANAGARI = ("hi", "mr", "ne")
LANGUAGES = LATIN + CYRILLIC + ARABIC + DEVANAGARI
"""The languages that scripts alone cannot tell apart, and that creators are known to publish in."""


class LangidModel(NamedTuple):
    """py3langid's automaton and naive Bayes tables, cut to some languages."""

    languages: tuple[str, ...]
    next_row: NDArray[np.int64]
    row_base: NDArray[np.int64]
    feature_of_state: NDArray[np.int32]
    weights: NDArray[np.float32]
    prior: NDArray[np.float32]
    aliases: tuple[tuple[int, int], ...]
    """Pairs (language, extra column at the end): py3langid keeps Serbian twice, once per script."""


def load_langid(languages: tuple[str, ...] = LANGUAGES) -> LangidModel:
    """Return the model cut to the languages named; raises ValueError for one that py3langid does not know."""
    with _LOADING:
        return _loaded(languages)


@lru_cache(maxsize=4)
def _loaded(languages: tuple[str, ...]) -> LangidModel:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    full: Any = LanguageIdentifier.from_model_file(MODEL_FILE)
    full.set_languages(languages)
    kept = [full.nb_classes.index(language) for language in languages]
    extra = [column for column in range(len(full.nb_classes)) if column not in kept]
    aliases = tuple(
        (languages.index(full.nb_classes[column]), len(languages) + place) for place, column in enumerate(extra)
    )
    kept += extra
    return LangidModel(
        languages=languages,
        next_row=np.asarray(full.tk_nextmove),
        row_base=np.asarray(full.tk_row, dtype=np.int64) << 8,
        feature_of_state=np.asarray(full.tk_output, dtype=np.int32),
        weights=np.asarray(full.nb_ptc[:, kept], dtype=np.float32),
        prior=np.asarray(full.nb_pc[kept], dtype=np.float32),
        aliases=aliases,
    )


def language_log_odds(texts: Sequence[str], model: LangidModel | None = None) -> NDArray[np.float32]:
    """
    Return py3langid's tempered scores, float32 [n texts, n languages]; softmax over a row gives its probabilities.

    Scores are divided by the square root of the length in bytes, py3langid's own calibration. A text without any
    known byte sequence scores 0 everywhere.
    """
    model = model or load_langid()
    scores = np.zeros((len(texts), len(model.languages)), dtype=np.float32)
    data = [_as_bytes(text) for text in texts]
    order = sorted(range(len(data)), key=lambda i: -len(data[i]))
    for start in range(0, len(order), _CHUNK):
        chunk = order[start : start + _CHUNK]
        scores[chunk] = _score([data[i] for i in chunk], model)
    return scores


def _as_bytes(text: str) -> bytes:
    if text.isupper():
        text = text.lower()
    return unicodedata.normalize("NFC", text).encode("utf-8", errors="surrogatepass")


def _score(data: list[bytes], model: LangidModel) -> NDArray[np.float32]:
    """Score texts that are sorted by length, longest first."""
    from scipy.sparse import csr_array

    owners, features = _walk(data, model)
    scores = np.zeros((len(data), len(model.prior)), dtype=np.float32)
    if not len(owners):
        return scores[:, : len(model.languages)]
    n_features = len(model.weights)
    cells, counts = np.unique(owners * n_features + features, return_counts=True)
    rows, columns = np.divmod(cells, n_features)
    starts = np.searchsorted(rows, np.arange(len(data) + 1))
    matrix = csr_array((np.log1p(counts.astype(np.float32)), columns, starts), shape=(len(data), n_features))
    known = np.diff(starts) > 0
    scores[known] = (matrix @ model.weights + model.prior)[known]
    lengths = np.array([max(len(text), 1) for text in data], dtype=np.float32)
    scores /= np.sqrt(lengths)[:, None]
    for language, column in model.aliases:
        scores[:, language] = np.logaddexp(scores[:, language], scores[:, column])
    return scores[:, : len(model.languages)]


def _walk(data: list[bytes], model: LangidModel) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Run the automaton over all texts at once; return (text, feature) for every match."""
    lengths = np.array([len(text) for text in data], dtype=np.int64)
    flat = np.frombuffer(b"".join(data), dtype=np.uint8)
    begin = np.concatenate(([0], np.cumsum(lengths)))[:-1]
    running = np.searchsorted(-lengths, -np.arange(lengths[0] if len(data) else 0), side="left")
    state = np.zeros(len(data), dtype=np.int64)
    owners: list[NDArray[np.int64]] = []
    features: list[NDArray[np.int64]] = []
    for position, alive in enumerate(running.tolist()):
        letters = flat[begin[:alive] + position]
        state = model.next_row[model.row_base[state[:alive]] + letters].astype(np.int64)
        found = model.feature_of_state[state]
        hits = np.flatnonzero(found >= 0)
        owners.append(hits)
        features.append(found[hits].astype(np.int64))
    if not owners:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate(owners), np.concatenate(features)
