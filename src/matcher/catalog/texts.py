"""Text and codes: ids, names, platforms, countries, languages, yes and no."""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from matcher.catalog.checks import Checks
from matcher.catalog.codes import NOT_SAID, language_tag
from matcher.catalog.raw import Column, as_array
from matcher.codes.countries import country_code, country_of
from matcher.records.said import say

_YES, _NO = ["true", "yes", "y", "t", "1", "1.0"], ["false", "no", "n", "f", "0", "0.0"]
_NESTED = r"""^(\[(["'0-9{\[].*)?\]|\{.*\})$"""
_NULLS = ["", "null", "none", "nan", "n/a"]


def as_string(column: Column) -> pa.Array:
    """Return any column as strings; whole floats lose their `.0`, so that an id read as a number is still that id."""
    array = as_array(column) if isinstance(column, list) else column
    kind = array.type
    if pa.types.is_dictionary(kind):
        return as_string(array.dictionary_decode())
    if pa.types.is_string(kind):
        return array
    if pa.types.is_floating(kind):
        whole = pc.equal(pc.floor(array), array)
        if pc.all(whole, min_count=0).as_py() and not pc.any(pc.greater(pc.abs(array), 2.0**53)).as_py():
            array = array.cast(pa.int64(), safe=False)
    try:
        return array.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array([None if value is None else str(value) for value in array.to_pylist()], pa.string())


def text(column: Column, field: str, checks: Checks) -> pa.Array:
    """Text as published; an empty string is absent."""
    values = as_string(column)
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)


def identifier(column: Column, field: str, checks: Checks) -> pa.Array:
    """A key: trimmed, never empty; a list or an object is none, and rejects its row."""
    values = pc.utf8_trim_whitespace(as_string(column))
    if pc.any(pc.or_(pc.starts_with(values, "["), pc.starts_with(values, "{"))).as_py():
        nested = pc.match_substring_regex(values, _NESTED)
        checks.reject(nested, field, say("not an id: expected text or a number"), values)
    return text(values, field, checks)


def code(column: Column, field: str, checks: Checks) -> pa.Array:
    """A word out of a small vocabulary: trimmed and lower-cased. A platform that is not known stays as it is."""
    return _each(as_string(column), lambda value: value.strip().lower() or None)


def currency(column: Column, field: str, checks: Checks) -> pa.Array:
    """An ISO 4217 code in upper case."""
    values = _each(as_string(column), lambda value: value.strip().upper() or None)
    bad = pc.invert(pc.match_substring_regex(values, "^[A-Z]{3}$"))
    return checks.null_out(values, bad, field, say("set to null: expected an ISO 4217 code such as 'USD'"))


def country(column: Column, field: str, checks: Checks) -> pa.Array:
    """An ISO 3166-1 alpha-2 code in upper case; a name is read as one, anything else is null, both with a note."""
    values = as_string(column)
    expected = say("set to null: expected an ISO 3166-1 alpha-2 code such as 'TW', or a name")
    found = _known(values, country_of, field, expected, checks)
    named = pc.and_(pc.is_valid(found), pc.is_null(_each(values, country_code)))
    checks.note(values, named, field, say("read as the country of that name"))
    return found


def language(column: Column, field: str, checks: Checks) -> pa.Array:
    """A BCP-47 tag in canonical case; `und`, `zxx` and the like are absent."""
    values = as_string(column)
    said = pc.invert(pc.is_in(pc.utf8_lower(values), pa.array(sorted(NOT_SAID))))
    values = pc.if_else(said, values, pa.scalar(None, pa.string()))
    return _known(
        values, language_tag, field, say("set to null: expected a BCP-47 language tag such as 'zh-Hant'"), checks
    )


def flag(column: Column, field: str, checks: Checks) -> pa.Array:
    """True, false or not said."""
    if isinstance(column, pa.Array) and pa.types.is_boolean(column.type):
        return column
    words = pc.utf8_lower(pc.utf8_trim_whitespace(as_string(column)))
    yes, no = pc.is_in(words, pa.array(_YES)), pc.is_in(words, pa.array(_NO))
    unclear = pc.invert(pc.or_(pc.or_(yes, no), pc.or_(pc.is_null(words), pc.is_in(words, pa.array(_NULLS)))))
    checks.null_out(words, unclear, field, say("set to null: expected true or false"))
    return pc.if_else(pc.or_(yes, no), yes, pa.scalar(None, pa.bool_()))


def _known(values: pa.Array, read: Callable[[str], str | None], field: str, done: str, checks: Checks) -> pa.Array:
    read_values = _each(values, read)
    blank = pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(values)), pa.array(_NULLS))
    lost = pc.and_(pc.and_(pc.is_valid(values), pc.is_null(read_values)), pc.invert(blank))
    checks.null_out(values, lost, field, done)
    return read_values


def _each(values: pa.Array, read: Callable[[str], str | None]) -> pa.Array:
    """Apply `read` once to each distinct value."""
    encoded = values.dictionary_encode()
    known = pa.array([None if v is None else read(v) for v in encoded.dictionary.to_pylist()], pa.string())
    return known.take(encoded.indices)
