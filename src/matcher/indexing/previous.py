"""The snapshot before: what of it can be taken over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.indexing.content import KnownContent
from matcher.records.said import say
from matcher.records.version import METHOD_VERSION
from matcher.retrieval.index import Index
from matcher.snapshot import SnapshotStore, load_array, load_table


@dataclass(frozen=True)
class Previous:
    """An intact snapshot made with the same encoder by the same method."""

    index: Index

    @cached_property
    def posts(self) -> KnownContent:
        """Finds posts by content."""
        return KnownContent.of(np.asarray(self.index.posts.content))

    @cached_property
    def bios(self) -> KnownContent:
        """Finds bios by content."""
        return KnownContent.of(self.bio_content)

    @cached_property
    def bio_content(self) -> NDArray[np.uint64]:
        """Contents of the bios, uint64 [creators, 2]."""
        return np.asarray(load_array(self.index.folder / "vectors" / "bios.content.npy"))

    @cached_property
    def tokens(self) -> Any:
        """Arrow array of the tokens of posts and then bios, joined by spaces."""
        return load_table(self.index.folder / "tokens.arrow").column("tokens").combine_chunks()

    @cached_property
    def languages(self) -> NDArray[np.object_]:
        """Language names by code, with None at the end for -1."""
        return np.array([*self.index.vocabularies["languages"], None], dtype=object)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What is, row by row, as in the snapshot before, and is taken over whole."""

    posts: bool
    all: bool
    """The posts and the bios."""

    @classmethod
    def since(
        cls, previous: Previous | None, posts: NDArray[np.uint64], creator: NDArray[np.int32], bios: NDArray[np.uint64]
    ) -> Self:
        """Since `previous`, for contents of posts [n, 2], rows of their creators [n] and contents of bios [m, 2]."""
        if previous is None:
            return cls(False, False)
        before = previous.index.posts
        same = np.array_equal(before.content, posts) and np.array_equal(before.creator, creator)
        return cls(same, same and np.array_equal(previous.bio_content, bios))


def previous_snapshot(store: SnapshotStore, fingerprint: str, warnings: list[str]) -> Previous | None:
    """The current snapshot if it can be built upon; a damaged one is said in `warnings` and left alone."""
    try:
        folder = store.folder()
        index = Index.open(folder)
    except MatcherError as error:
        if store.ids():
            why = str(error).splitlines()[0]
            warnings.append(say("nothing was taken over from the current snapshot: {why}", why=why))
        return None
    made_by = (index.manifest.encoder_fingerprint, index.manifest.method_version)
    return Previous(index) if made_by == (fingerprint, METHOD_VERSION) else None
