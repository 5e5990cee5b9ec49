"""What is wrong with a record, in plain sentences: the place, the value, and what is allowed there."""

import difflib
from collections.abc import Callable, Mapping
from typing import Any, get_args

from matcher.records.base import Record
from matcher.records.said import Said, listed, say

_WORDS = {
    "string_type": say("must be text; put it in quotes"),
    "string_too_short": say("must not be empty"),
    "tuple_type": say("must be a list"),
    "dict_type": say("must be an object of name and number"),
    "int_type": say("must be a whole number"),
    "int_parsing": say("must be a whole number"),
    "int_from_float": say("must be a whole number"),
    "float_type": say("must be a number"),
    "float_parsing": say("must be a number"),
    "finite_number": say("must be a finite number"),
    "bool_type": say("must be true or false"),
    "bool_parsing": say("must be true or false"),
}
"""Kind of error in pydantic's words → what is allowed, in plain ones."""

_OF_PLACE = say("not a known field: creators are chosen by country (countries); a city may stand in the text")
_OF_CROWD = say("not a known field: of the people to reach it is asked for in target_audience; of creators it is not")
_INSTEAD = {
    **dict.fromkeys(("city", "cities", "location", "locations", "region", "regions"), _OF_PLACE),
    **dict.fromkeys(("age", "ages", "gender", "genders", "interest", "interests"), _OF_CROWD),
}
"""What is often asked for and no condition, with where the brief has it."""
_NEAR = 0.75
"""How near an unknown name must be to a field's, from 0 to 1, to be taken for it."""

_KINDS = {
    type(None): say("nothing"),
    str: say("text"),
    list: say("a list"),
    bool: say("true or false"),
    int: say("a number"),
    float: say("a number"),
}


def problem(model: type[Record], detail: Any) -> tuple[str, str]:
    """One of pydantic's errors as (place, sentence that gives the value and what is allowed)."""
    location, kind, value = [str(part) for part in detail["loc"] if part != "[key]"], detail["type"], detail["input"]
    place = ".".join(location) or "brief"
    if kind == "extra_forbidden":
        known = _fields_at(model, detail["loc"][:-1])
        if location[-1] in _INSTEAD and location[0] in ("must", "should"):
            return place, _INSTEAD[location[-1]]
        if near := _near(location[-1], known):
            return place, say("not a known field; did you mean {field!r}?", field=near)
        return place, say("not a known field; known here: {fields}", fields=listed(known))
    if kind == "missing":
        return place, say("is required")
    said = _WORDS.get(kind) or _said(model, detail)
    return place, said if isinstance(value, Mapping) else say(
        "{what} (got {value})", what=said, value=_shortened(value)
    )


def _near(name: str, known: list[str]) -> str | None:
    """The field that a name is a misspelling or a part of; None where none is near enough to be meant."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)
    parts = [field for field in known if len(name) > 2 and (name in field or field in name)]
    return next(iter([*near, *sorted(parts, key=len, reverse=True)]), None)


def kind_of(value: Any) -> str:
    """What a value is, in plain words."""
    return _KINDS.get(type(value), type(value).__name__)


def _said(model: type[Record], detail: Any) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "model_type":
        return say("must be an object with any of: {fields}", fields=listed(_fields_at(model, detail["loc"])))
    if kind == "string_too_long":
        return say("must have at most {length:,} characters", length=context["max_length"])
    if kind == "less_than_equal" and context["le"] == 1:
        return say("must be a fraction from 0 to 1")
    if kind in _LIMITS:
        return _LIMITS[kind](context)
    message: str = detail["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    said = context["error"].args[0] if kind == "value_error" and context["error"].args else message
    return said if isinstance(said, Said) else message


_LIMITS: dict[str, Callable[[dict[str, Any]], Said]] = {
    "greater_than": lambda context: say("must be greater than {limit:g}", limit=context["gt"]),
    "greater_than_equal": lambda context: say("must be at least {limit:g}", limit=context["ge"]),
    "less_than_equal": lambda context: say("must be at most {limit:g}", limit=context["le"]),
    "literal_error": lambda context: say("must be {choices}", choices=context["expected"]),
}
"""Kind of error in pydantic's words → what is allowed, with its limit."""


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
