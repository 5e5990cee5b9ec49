"""
Prefixes: words that a model was trained to see before what is searched for, and before what is found.

e5 was taught with `query: ` before questions and `passage: ` before texts, and finds less without them. What a model
declares itself comes first, then what is written down here of well-known families, then none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_RETRIEVE = "Represent this sentence for searching relevant passages: "
_INSTRUCT = "Instruct: Given what a brand is looking for, retrieve posts of creators that fit it\nQuery: "
_ASKING = ("query", "search_query")
_FOUND = ("document", "passage", "corpus", "search_document")


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What stands before a brief and what stands before a post; "" for nothing."""

    query: str = ""
    passage: str = ""

    def __bool__(self) -> bool:
        return bool(self.query or self.passage)


NONE = Prefixes()
KNOWN: tuple[tuple[str, Prefixes], ...] = (
    ("e5-large-instruct", Prefixes(query=_INSTRUCT)),
    ("e5-mistral", Prefixes(query=_INSTRUCT)),
    ("e5-small", Prefixes("query: ", "passage: ")),
    ("e5-base", Prefixes("query: ", "passage: ")),
    ("e5-large", Prefixes("query: ", "passage: ")),
    ("bge-small-en", Prefixes(query=_RETRIEVE)),
    ("bge-base-en", Prefixes(query=_RETRIEVE)),
    ("bge-large-en", Prefixes(query=_RETRIEVE)),
    ("bge-small-zh", Prefixes(query="为这个句子生成表示以用于检索相关文章：")),
    ("bge-base-zh", Prefixes(query="为这个句子生成表示以用于检索相关文章：")),
    ("bge-large-zh", Prefixes(query="为这个句子生成表示以用于检索相关文章：")),
    ("arctic-embed-l-v2", Prefixes(query="query: ")),
    ("arctic-embed-m-v2", Prefixes(query="query: ")),
    ("arctic-embed", Prefixes(query=_RETRIEVE)),
    ("mxbai-embed-large", Prefixes(query=_RETRIEVE)),
    ("nomic-embed-text", Prefixes("search_query: ", "search_document: ")),
)
"""(part of a model's name in lower case, its prefixes), the first that fits counts; bge-m3, gte and LaBSE have none."""


def known(name: str) -> Prefixes:
    """Prefixes written down here for a Hub name or a folder's path; none for a model that nobody described."""
    lowered = name.lower().replace("_", "-")
    return next((prefixes for part, prefixes in KNOWN if part in lowered), NONE)


def declared(prompts: Mapping[str, str | None] | None, default: str | None = None) -> Prefixes:
    """
    Prefixes from a model's own `prompts`, as sentence-transformers keeps them, and the name of its default prompt.

    sentence-transformers writes empty prompts for a model that says nothing, so empty ones are no declaration, and the
    default counts where there are no others.
    """
    prompts = prompts or {}
    own = Prefixes(_first(prompts, _ASKING), _first(prompts, _FOUND))
    otherwise = prompts.get(default or "") or ""
    return own or Prefixes(otherwise, otherwise)


def _first(prompts: Mapping[str, str | None], names: tuple[str, ...]) -> str:
    return next((said for name in names if (said := prompts.get(name))), "")
