"""Counts and amounts: whole numbers and decimals from whatever the file wrote."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matcher.catalog.checks import Checks, as_mask
from matcher.catalog.raw import Column, as_array
from matcher.catalog.texts import as_string
from matcher.records.said import say

ABSURD = 1e12
_EITHER = say("not clear: a point parts thousands or begins decimals; write whole numbers without one")
_NULLS = ["", "null", "none", "nan", "n/a", "-"]
_GROUPED = r"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$"
_POINTED = r"^[+-]?[1-9]\d{0,2}(\.\d{3})+$"
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$"


def count(column: Column, field: str, checks: Checks) -> pa.Array:
    """A whole number from 0 to 10^12: `1,234` and `1234.0` are read, `12k`, `12.5` and `12.000` reject the row."""
    array = as_array(column) if isinstance(column, list) else column
    if pa.types.is_integer(array.type):
        low, high = pc.less(array, 0), pc.greater(array, int(ABSURD))
    else:
        checks.reject(_pointed(array), field, _EITHER, column)
        array = decimal(array, field, checks)
        low, high = pc.less(array, 0.0), pc.greater(array, ABSURD)
        checks.reject(pc.not_equal(pc.floor(array), array), field, say("not a whole number"), column)
    return _in_range(array, low, high, field, checks, column).cast(pa.int64(), safe=False)


def _pointed(array: pa.Array) -> npt.NDArray[np.bool_]:
    """Where text [n] has points where thousands are parted: twelve to one reader, twelve thousand to another."""
    if pa.types.is_primitive(array.type) or pa.types.is_decimal(array.type):
        return np.zeros(len(array), dtype=np.bool_)
    return as_mask(pc.match_substring_regex(pc.utf8_trim_whitespace(as_string(array)), _POINTED))


def amount(column: Column, field: str, checks: Checks) -> pa.Array:
    """A decimal number from 0 to 10^12."""
    array = decimal(column, field, checks)
    return _in_range(array, pc.less(array, 0.0), pc.greater(array, ABSURD), field, checks, column)


def money(column: Column, field: str, checks: Checks) -> pa.Array:
    """A decimal number from 0 to 10^12; `500.000` as text rejects the row, for few mean half a thousand by it."""
    checks.reject(_pointed(as_array(column) if isinstance(column, list) else column), field, _EITHER, column)
    return amount(column, field, checks)


def decimal(column: Column, field: str, checks: Checks) -> pa.Array:
    """Any finite number as float64, NaN being absent; text that is no number rejects its row."""
    array = as_array(column) if isinstance(column, list) else column
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_null(array.type):
        return pa.nulls(len(array), pa.float64())
    if pa.types.is_integer(array.type) or pa.types.is_floating(array.type) or pa.types.is_decimal(array.type):
        values = array.cast(pa.float64(), safe=False)
    else:
        values = _parse(array, field, checks)
    checks.reject(pc.is_inf(values), field, say("not a finite number"), column)
    return pc.if_else(pc.is_finite(values), values, pa.scalar(None, pa.float64()))


def _parse(array: pa.Array, field: str, checks: Checks) -> pa.Array:
    words = pc.utf8_trim_whitespace(as_string(array))
    grouped = pc.match_substring_regex(words, _GROUPED)
    if pc.any(grouped).as_py():
        words = pc.if_else(grouped, pc.replace_substring(words, ",", ""), words)
    good = pc.match_substring_regex(words, _NUMBER)
    blank = pc.is_in(pc.utf8_lower(words), pa.array(_NULLS))
    checks.reject(pc.invert(pc.or_(good, blank)), field, say("not a number"), words)
    words = pc.if_else(good, pc.replace_substring_regex(words, r"^\+", ""), pa.scalar(None, pa.string()))
    return words.cast(pa.float64())


def _in_range(array: pa.Array, low: pa.Array, high: pa.Array, field: str, checks: Checks, column: Column) -> pa.Array:
    checks.reject(low, field, say("negative"), column)
    checks.reject(high, field, say("absurdly large: more than 10^12"), column)
    if not checks.faults:
        return array
    faulty = np.zeros(len(array), dtype=bool)
    faulty[list(checks.faults)] = True
    return pc.if_else(pa.array(faulty), pa.scalar(None, array.type), array)
