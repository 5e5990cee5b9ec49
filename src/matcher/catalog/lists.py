"""Lists of words: hashtags, mentions, languages, categories, sponsors."""

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.catalog.checks import Checks
from matcher.catalog.raw import Column, loads
from matcher.catalog.schema import STRINGS
from matcher.catalog.texts import as_string, language
from matcher.records.said import say

_BLANK = ("", "null", "none", "nan")
_BLANKS = " \t\n\f\r"
_TRAILING = f"{_BLANKS}.,:;!?…、。，！？'\"”’)]"


def names(column: Column, field: str, checks: Checks) -> pa.Array:
    """Free words, trimmed; in one string they are separated by `;`, else by `,`."""
    return _cleaned(_lists(column, _by_mark, field, checks), pc.utf8_trim_whitespace)


def hashtags(column: Column, field: str, checks: Checks) -> pa.Array:
    """Hashtags without `#`."""
    return _cleaned(_lists(column, _by_space, field, checks), lambda tags: _trimmed(tags, f"{_BLANKS}#＃", _BLANKS))


def mentions(column: Column, field: str, checks: Checks) -> pa.Array:
    """Handles without `@` and without the punctuation that followed them in the sentence."""
    return _cleaned(_lists(column, _by_space, field, checks), lambda tags: _trimmed(tags, f"{_BLANKS}@＠", _TRAILING))


def languages(column: Column, field: str, checks: Checks) -> pa.Array:
    """BCP-47 tags; what is no language is left out with a note."""
    return _cleaned(_lists(column, _by_space, field, checks), lambda tags: language(tags, field, checks))


def _by_mark(text: str) -> list[str]:
    return text.split(";" if ";" in text else ",")


def _by_space(text: str) -> list[str]:
    return re.split(r"[\s,;]+|(?<=[^\s,;#])(?=#)", text)


def _lists(column: Column, split: Callable[[str], list[str]], field: str, checks: Checks) -> pa.Array:
    if isinstance(column, pa.Array):
        kind = column.type
        if pa.types.is_null(kind):
            return pa.nulls(len(column), STRINGS)
        if pa.types.is_list(kind) and pa.types.is_string(kind.value_type):
            return column
        if (pa.types.is_list(kind) or pa.types.is_large_list(kind)) and not pa.types.is_nested(kind.value_type):
            return column.cast(STRINGS)
        if not pa.types.is_nested(kind):
            encoded = as_string(column).dictionary_encode()
            return _read(encoded.dictionary.to_pylist(), split, field, checks, encoded.indices)
        column = column.to_pylist()
    return _read(column, split, field, checks, pa.array(range(len(column)), pa.int32()))


def _read(
    values: list[object], split: Callable[[str], list[str]], field: str, checks: Checks, rows: pa.Array
) -> pa.Array:
    """Read each distinct value once, and give every row the list of its value."""
    read = [_words(value, split) for value in values]
    lost = [v is not None and r is None and not _is_blank(v) for v, r in zip(values, read, strict=True)]
    if any(lost):
        shown = pa.array([None if v is None else str(v) for v in values], pa.string()).take(rows)
        checks.null_out(shown, pa.array(lost).take(rows), field, say("set to null: expected a list of strings"))
    return pa.array(read, STRINGS).take(rows)


def _is_blank(value: object) -> bool:
    return isinstance(value, float) or (isinstance(value, str) and value.strip().lower() in _BLANK)


def _words(value: object, split: Callable[[str], list[str]]) -> list[str] | None:
    if isinstance(value, str):
        text = value.strip()
        if not text.startswith("["):
            return None if text.lower() in _BLANK else split(text)
        value = loads(text)
    if not isinstance(value, list):
        return None
    words = [str(item) for item in value if isinstance(item, str | int | float)]
    return [word.encode("utf-8", "replace").decode() for word in words] if words or not value else None


def _trimmed(values: pa.Array, leading: str, trailing: str) -> pa.Array:
    return pc.utf8_rtrim(pc.utf8_ltrim(values, leading), trailing)


def _cleaned(lists: pa.Array, clean: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Clean every word of every list at once, and leave out what is empty after that."""
    words = clean(lists.flatten())
    kept = pc.and_(pc.is_valid(words), pc.greater(pc.utf8_length(words), 0)).fill_null(False)
    parents = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)[kept.to_numpy(zero_copy_only=False)]
    ends = np.cumsum(np.bincount(parents.astype(np.int64), minlength=len(lists)))
    offsets = np.concatenate(([0], ends)).astype(np.int32)
    missing = pc.is_null(lists)
    return pa.ListArray.from_arrays(pa.array(offsets), words.filter(kept), mask=missing)
