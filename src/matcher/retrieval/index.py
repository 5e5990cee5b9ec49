"""An opened snapshot: everything that answering a brief reads, memory-mapped when it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import UnknownCreator
from matcher.records.said import say
from matcher.retrieval.encoders.coverage import SURE_LANGUAGE
from matcher.retrieval.lexical import LexicalIndex
from matcher.retrieval.stores import VectorStore, open_store
from matcher.retrieval.vectors import VectorTable
from matcher.snapshot import (
    NEVER,
    CreatorColumns,
    ForecastColumns,
    Manifest,
    PostColumns,
    load_array,
    load_table,
    owners,
    read_json,
    spans,
)


@dataclass(frozen=True)
class Vocabularies:
    """The names behind the codes of the columns."""

    names: dict[str, list[Any]]

    def __getitem__(self, vocabulary: str) -> list[Any]:
        return self.names[vocabulary]

    def code(self, vocabulary: str, name: Any) -> int:
        """The code of a name, -1 when the snapshot has never seen it."""
        return self._codes[vocabulary].get(name, -1)

    def codes(self, vocabulary: str, names: Any) -> list[int]:
        """The codes of those names that the snapshot has seen."""
        return [code for name in names if (code := self.code(vocabulary, name)) >= 0]

    def name(self, vocabulary: str, code: int) -> Any:
        """The name of a code, None for -1."""
        return self.names[vocabulary][code] if code >= 0 else None

    def each(self, vocabulary: str, codes: NDArray[Any]) -> list[Any]:
        """The name of every code, None for -1."""
        names = [*self.names[vocabulary], None]
        return [names[code] for code in codes.tolist()]

    @cached_property
    def _codes(self) -> dict[str, dict[Any, int]]:
        return {
            vocabulary: {tuple(name) if isinstance(name, list) else name: code for code, name in enumerate(names)}
            for vocabulary, names in self.names.items()
        }


_FILES = (
    "token_weights", "creators", "posts", "forecasts", "vocabularies", "creator_table", "post_table", "peers",
    "post_store", "bio_vectors", "creator_store", "commenter_sketches", "audience_prior", "audience_strengths",
    "audience_group", "reference_rows",
)  # fmt: skip
"""What of an index lies in files of its folder."""

REFERENCE_POSTS = 8
"""So many of a reference creator's newest posts are kept at hand."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference creators of a snapshot, with the vectors of their newest posts and their bios in memory."""

    rows: NDArray[np.int64]
    post_rows: NDArray[np.int64]
    post_start: NDArray[np.int64]
    """int64 [creators + 1]: offsets into `post_rows`."""
    post_language: NDArray[np.int16]
    post_vectors: NDArray[np.float32]
    """float32 [posts, d]."""
    bio_vectors: NDArray[np.float32]
    """float32 [creators, d]."""
    posts_together: NDArray[np.float64]
    """The sum of the posts' vectors, float64 [d]: its dot product with a brief is the sum of their cosines."""


@dataclass(frozen=True)
class Index:
    """One snapshot, open for reading; safe to share between threads."""

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path, verify: bool = True) -> Index:
        """Open a snapshot folder, by default after checking the checksum of every file."""
        manifest = Manifest.load(folder)
        if verify:
            manifest.verify(folder)
        index = cls(folder, manifest)
        index._hold()
        return index

    def _hold(self) -> None:
        """Map every file now, so that the folder may be removed while the index is in use; nothing is read yet."""
        for name in _FILES:
            getattr(self, name)
        self.lexical.hold()

    @cached_property
    def token_weights(self) -> NDArray[np.float32] | None:
        """Weights [V] of the encoder's tokens, where they were learnt from the posts; else None."""
        path = self.folder / "token_weights.npy"
        return load_array(path) if path.is_file() else None

    @cached_property
    def token_weights_about(self) -> dict[str, Any]:
        """What the token weights belong to: fingerprint of the `encoder`, and how many `posts` there were."""
        about: dict[str, Any] = read_json(self.folder / "token_weights.json")
        return about

    @cached_property
    def creators(self) -> CreatorColumns:
        """Columns of the creators."""
        return CreatorColumns.open(self.folder / "creators")

    @cached_property
    def posts(self) -> PostColumns:
        """Columns of the posts."""
        return PostColumns.open(self.folder / "posts")

    @cached_property
    def forecasts(self) -> ForecastColumns:
        """Columns of what is foretold of the next posts."""
        return ForecastColumns.open(self.folder / "forecast")

    @cached_property
    def vocabularies(self) -> Vocabularies:
        """The names behind the codes."""
        return Vocabularies(read_json(self.folder / "vocabularies.json"))

    @cached_property
    def posts_by_language(self) -> dict[str, int]:
        """How many posts are in each language, of those whose language is known well enough."""
        names = self.vocabularies["languages"]
        sure = np.asarray(self.posts.language_confidence) >= SURE_LANGUAGE
        codes = np.asarray(self.posts.language)[sure]
        counts = np.bincount(codes[codes >= 0], minlength=len(names))
        return {name: int(count) for name, count in zip(names, counts, strict=True) if count}

    @cached_property
    def usual_credibility(self) -> float:
        """Median share of genuine people in the audiences of whom it is known, 1 where it is known of nobody."""
        credibility = np.asarray(self.creators.credibility)
        known = credibility[~np.isnan(credibility)]
        return float(np.median(known)) if len(known) else 1.0

    @cached_property
    def creator_table(self) -> Any:
        """Arrow table of the creators as they came in, one row each."""
        return load_table(self.folder / "creators.arrow")

    @cached_property
    def post_table(self) -> Any:
        """Arrow table of the posts: post_id, text, url and counts."""
        return load_table(self.folder / "posts.arrow")

    @cached_property
    def peers(self) -> list[dict[str, Any]]:
        """The peer groups: platform, tier, market, language, size and norms of each."""
        groups: list[dict[str, Any]] = read_json(self.folder / "peers.json")
        return groups

    @cached_property
    def post_vectors(self) -> VectorTable:
        """One row per post."""
        return VectorTable.open(self.folder / "vectors" / "posts")

    @cached_property
    def bio_vectors(self) -> VectorTable:
        """One row per creator: name, bio and categories; zero where there is nothing."""
        return VectorTable.open(self.folder / "vectors" / "bios")

    @cached_property
    def creator_vectors(self) -> VectorTable:
        """One row per creator: the unit mean of its posts and its bio."""
        return VectorTable.open(self.folder / "vectors" / "creators")

    @cached_property
    def post_store(self) -> VectorStore:
        """Finds posts by vector."""
        return open_store(self.post_vectors, self.folder / "vectors" / "posts.faiss")

    @cached_property
    def creator_store(self) -> VectorStore:
        """Finds creators by vector."""
        return open_store(self.creator_vectors, self.folder / "vectors" / "creators.faiss")

    @cached_property
    def lexical(self) -> LexicalIndex:
        """Finds posts and bios by words."""
        return LexicalIndex(self.folder / "lexical")

    def owners(self, of: str) -> NDArray[np.int64]:
        """The creator of each value of a list column: account, language, price, category, worked or audience."""
        if of not in self._owners:
            self._owners[of] = owners(getattr(self.creators, f"{of}_start"))
        return self._owners[of]

    @cached_property
    def _owners(self) -> dict[str, NDArray[np.int64]]:
        return {}

    def with_audience_of(self, facet: str) -> NDArray[np.int64]:
        """The rows of the creators with a record of a facet of their audience, found once."""
        if facet not in self._with_audience_of:
            codes = [code for code, (name, _) in enumerate(self.vocabularies["cells"]) if name == facet]
            at = np.flatnonzero(np.isin(self.creators.audience_cell, codes)) if codes else np.zeros(0, np.int64)
            rows = np.searchsorted(self.creators.audience_start, at, side="right") - 1
            self._with_audience_of[facet] = np.unique(rows)
        return self._with_audience_of[facet]

    @cached_property
    def _with_audience_of(self) -> dict[str, NDArray[np.int64]]:
        return {}

    @cached_property
    def unsafe(self) -> dict[str, NDArray[np.bool_]]:
        """Brand-safety category → creators with a word of it, as far as it was asked for."""
        return {}

    @cached_property
    def commenter_sketches(self) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Who comments on each creator, as serialised theta sketches: offsets int64 [n + 1] and octets."""
        folder = self.folder / "comments"
        return load_array(folder / "sketch_start.npy"), load_array(folder / "sketches.npy")

    @cached_property
    def audience_prior(self) -> NDArray[np.float32]:
        """float32 [groups, cells]: the expected audience of each platform × market."""
        prior: NDArray[np.float32] = load_array(self.folder / "audience_prior.npy")
        return prior

    @cached_property
    def audience_strengths(self) -> dict[str, float]:
        """Facet → people that its prior is worth against a creator's own record."""
        strengths: dict[str, float] = read_json(self.folder / "audience_strengths.json")
        return strengths

    @cached_property
    def audience_group(self) -> NDArray[np.int32]:
        """int32 [creators]: row of the audience prior."""
        group: NDArray[np.int32] = load_array(self.folder / "audience_group.npy")
        return group

    @cached_property
    def reference_rows(self) -> NDArray[np.int64]:
        """The rows of the reference creators."""
        return np.asarray(load_array(self.folder / "reference.npy"))

    @cached_property
    def reference(self) -> Reference:
        """The creators that percentiles and the background of a brief are taken from, decoded once."""
        rows = self.reference_rows
        first = self.creators.post_start[rows]
        counts = np.minimum(self.creators.post_start[rows + 1] - first, REFERENCE_POSTS)
        posts = spans(first, counts)
        vectors = self.post_vectors.gather(posts)
        return Reference(
            rows=rows,
            post_rows=posts,
            post_start=np.concatenate([[0], np.cumsum(counts)]),
            post_language=self.posts.language[posts],
            post_vectors=vectors,
            bio_vectors=self.bio_vectors.gather(rows),
            posts_together=np.asarray(vectors.sum(axis=0, dtype=np.float64)),
        )

    def creator_id(self, row: int) -> str:
        """The id of a creator row."""
        return str(self._creator_ids[row].as_py())

    def languages(self, row: int) -> list[str]:
        """The languages that a creator publishes in, the usual one first."""
        start = self.creators.language_start
        return self.vocabularies.each("languages", self.creators.language[start[row] : start[row + 1]])

    def creator_row(self, creator_id: str) -> int:
        """The row of a creator; raises UnknownCreator."""
        row = self.find_creator(creator_id)
        if row is None:
            raise UnknownCreator(
                say(
                    "snapshot {snapshot} holds no creator {creator!r}; the key is creator_id, not the handle",
                    snapshot=self.manifest.snapshot_id,
                    creator=creator_id,
                )
            )
        return row

    def find_creator(self, creator_id: str) -> int | None:
        """The row of a creator, None when the snapshot does not hold it."""
        ids = self._creator_ids
        low, high = 0, len(ids)
        key = creator_id.encode()
        while low < high:
            middle = (low + high) // 2
            if ids[middle].as_py().encode() < key:
                low = middle + 1
            else:
                high = middle
        return low if low < len(ids) and ids[low].as_py() == creator_id else None

    @cached_property
    def _creator_ids(self) -> Any:
        return self.creator_table.column("creator_id")

    def days_since_post(self, rows: Any) -> Any:
        """Days float64 from the last post of creators to the snapshot's `as_of`; NaN without posts."""
        return self._days_since_post[rows]

    @cached_property
    def _days_since_post(self) -> NDArray[np.float64]:
        last = self.creators.last_post_at
        as_of = np.datetime64(self.manifest.as_of.rstrip("Z"), "s").astype(np.int64)
        return np.where(last == NEVER, np.nan, (as_of - np.where(last == NEVER, as_of, last)) / 86_400.0)
