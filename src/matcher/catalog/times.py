"""Times: ISO 8601, epoch numbers and Arrow timestamps, all to UTC in microseconds."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.catalog.checks import Checks
from matcher.catalog.raw import Column, as_array
from matcher.catalog.schema import TIME
from matcher.catalog.texts import as_string
from matcher.records.said import say

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
NOT_A_TIME = say("not a time: expected ISO 8601 such as '2026-05-01T08:30:00Z', or epoch seconds")
_NULLS = ["", "null", "none", "nan", "nat"]
_ZONED = r"[0-9](Z|[+-][0-9]{2}(:?[0-9]{2})?)$"
_CLOCK = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}"


def time(column: Column, field: str, checks: Checks) -> pa.Array:
    """Times in UTC; one without a zone is read as UTC. What cannot be read or is not of our age rejects its row."""
    array = as_array(column) if isinstance(column, list) else column
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    if pa.types.is_timestamp(kind):
        values = array.cast(pa.timestamp("us", tz=kind.tz), safe=False).cast(TIME)
    elif pa.types.is_date(kind):
        values = array.cast(pa.timestamp("us"), safe=False).cast(TIME)
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind):
        values = _from_epoch(array)
    elif pa.types.is_null(kind):
        return pa.nulls(len(array), TIME)
    else:
        values = _from_text(as_string(array), field, checks)
    outside = pc.or_(pc.less(values, pa.scalar(EARLIEST, TIME)), pc.greater_equal(values, pa.scalar(LATEST, TIME)))
    checks.reject(outside, field, say("a time before 1990 or after 2100"), column)
    return pc.if_else(outside, pa.scalar(None, TIME), values)


def _from_epoch(array: pa.Array) -> pa.Array:
    """Seconds, milli-, micro- or nanoseconds since 1970, told apart by their size."""
    numbers = array.cast(pa.float64(), safe=False)
    values = numbers.fill_null(float("nan")).to_numpy(zero_copy_only=False)
    size = np.abs(values)
    micros = np.select([size < 1e11, size < 1e14, size < 1e17], [values * 1e6, values * 1e3, values], values / 1e3)
    missing = ~np.isfinite(micros)
    micros = np.clip(np.where(missing, 0.0, micros), -9e18, 9e18)
    return pa.array(micros.astype(np.int64), mask=missing).cast(TIME)


def _from_text(words: pa.Array, field: str, checks: Checks) -> pa.Array:
    words = _tidied(words)
    blank = pc.is_in(pc.utf8_lower(words), pa.array(_NULLS))
    words = pc.if_else(blank, pa.scalar(None, pa.string()), words)
    zoned = pc.and_(pc.match_substring_regex(words, _CLOCK), pc.match_substring_regex(words, _ZONED))
    nothing = pa.scalar(None, pa.string())
    try:
        with_zone = pc.if_else(zoned, words, nothing).cast(TIME)
        without = pc.if_else(zoned, nothing, words).cast(pa.timestamp("us")).cast(TIME)
        return pc.coalesce(with_zone, without)
    except pa.ArrowInvalid:
        values = _one_by_one(words)
    checks.reject(pc.and_(pc.is_valid(words), pc.is_null(values)), field, NOT_A_TIME, words)
    return values


def _tidied(words: pa.Array) -> pa.Array:
    words = pc.utf8_trim_whitespace(words)
    if pc.any(pc.match_substring_regex(words, r"[a-z /]|\.[0-9]{7}")).as_py():
        words = pc.replace_substring_regex(words, r"^([0-9]{4})/([0-9])/", r"\1/0\2/")
        words = pc.replace_substring_regex(words, r"^([0-9]{4}/[0-9]{2})/([0-9])($|[T ])", r"\1/0\2\3")
        words = pc.replace_substring_regex(words, r"^([0-9]{4})/([0-9]{2})/([0-9]{2})", r"\1-\2-\3")
        words = pc.replace_substring_regex(words, r"(?i) ?(z|utc|gmt)$", "Z")
        words = pc.replace_substring_regex(words, r"(\.[0-9]{6})[0-9]+", r"\1")
        words = pc.replace_substring_regex(words, r"([0-9]) ([+-][0-9])", r"\1\2")
    return words


def _one_by_one(words: pa.Array) -> pa.Array:
    """Read each distinct text alone, so that one odd value costs only itself."""
    encoded = words.dictionary_encode()
    return pa.array([_read(text) for text in encoded.dictionary.to_pylist()], TIME).take(encoded.indices)


def _read(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        if text.replace(".", "", 1).isdecimal() and len(text) != 8:
            value: datetime | None = _from_epoch(pa.array([float(text)]))[0].as_py()
            return value
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
