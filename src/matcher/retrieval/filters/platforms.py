"""The platforms that a brief names, as the snapshot calls them: "IG" is met by its `instagram`."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.codes.platforms import platform_names
from matcher.retrieval.index import Index


def platforms_here(index: Index, wanted: Iterable[str]) -> tuple[str, ...]:
    """The names in the snapshot of the platforms that are wanted, each once; one that it does not have is left out."""
    names = (name for platform in wanted for name in platform_names(platform))
    return tuple(dict.fromkeys(name for name in names if index.vocabularies.code("platforms", name) >= 0))
