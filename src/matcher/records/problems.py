"""What is wrong with a record, in plain sentences: the place, the value, and what is allowed there."""

import difflib
from collections.abc import Mapping
from typing import Any, get_args

from matcher.records.base import Record

_WORDS = {
    "string_type": "must be text; put it in quotes",
    "string_too_short": "must not be empty",
    "tuple_type": "must be a list",
    "dict_type": "must be an object of name and number",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
}
"""Kind of error in pydantic's words → what is allowed, in plain ones."""

_KINDS = {type(None): "nothing", str: "text", list: "a list", bool: "true or false", int: "a number", float: "a number"}


def problem(model: type[Record], detail: Any) -> tuple[str, str]:
    """One of pydantic's errors as (place, sentence that gives the value and what is allowed)."""
    location, kind, value = [str(part) for part in detail["loc"] if part != "[key]"], detail["type"], detail["input"]
    place = ".".join(location) or "brief"
    if kind == "extra_forbidden":
        known = _fields_at(model, detail["loc"][:-1])
        near = difflib.get_close_matches(location[-1], known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"
        return place, f"not a known field; {hint}"
    if kind == "missing":
        return place, "is required"
    said = _WORDS.get(kind) or _said(model, detail)
    return place, said if isinstance(value, Mapping) else f"{said} (got {_shortened(value)})"


def kind_of(value: Any) -> str:
    """What a value is, in plain words."""
    return _KINDS.get(type(value), type(value).__name__)


def _said(model: type[Record], detail: Any) -> str:
    if detail["type"] == "model_type":
        return f"must be an object with any of: {', '.join(_fields_at(model, detail['loc']))}"
    if detail["type"] == "string_too_long":
        return f"must have at most {detail['ctx']['max_length']:,} characters"
    if detail["type"] == "less_than_equal" and detail["ctx"]["le"] == 1:
        return "must be a fraction from 0 to 1"
    message: str = detail["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    return message.replace("greater than or equal to", "at least").replace("less than or equal to", "at most")


def _shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _fields_at(model: Any, location: tuple[Any, ...]) -> list[str]:
    """The field names that are allowed at a place in the brief."""
    for part in location:
        field = getattr(model, "model_fields", {}).get(part)
        candidates = [] if field is None else [field.annotation, *get_args(field.annotation)]
        model = next((c for c in candidates if isinstance(c, type) and issubclass(c, Record)), None)
    return list(getattr(model, "model_fields", {}))
