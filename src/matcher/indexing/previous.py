"""The snapshot before: what of it can be taken over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.indexing.content import KnownContent
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
        return KnownContent.of(np.asarray(load_array(self.index.folder / "vectors" / "bios.content.npy")))

    @cached_property
    def tokens(self) -> Any:
        """Arrow array of the posts' tokens, joined by spaces."""
        return load_table(self.index.folder / "tokens.arrow").column("tokens").combine_chunks()

    @cached_property
    def languages(self) -> NDArray[np.object_]:
        """Language names by code, with None at the end for -1."""
        return np.array([*self.index.vocabularies["languages"], None], dtype=object)


def previous_snapshot(store: SnapshotStore, fingerprint: str, warnings: list[str]) -> Previous | None:
    """The current snapshot if it can be built upon; a damaged one is said in `warnings` and left alone."""
    try:
        folder = store.folder()
        index = Index.open(folder)
    except MatcherError as error:
        if store.ids():
            warnings.append(f"nothing was taken over from the current snapshot: {str(error).splitlines()[0]}")
        return None
    made_by = (index.manifest.encoder_fingerprint, index.manifest.method_version)
    return Previous(index) if made_by == (fingerprint, METHOD_VERSION) else None
