"""Records as plain dicts and lists, as JSON has them."""

import dataclasses
from typing import Any


def plain(value: Any) -> Any:
    """A record with all that is in it: dataclasses become dicts in the order of their fields, tuples become lists."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value
