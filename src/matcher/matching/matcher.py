"""The matcher: a brief in, a ranked and explained shortlist out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from matcher.errors import SnapshotMismatch
from matcher.matching.answer import Answer, answer
from matcher.matching.explain import explain
from matcher.matching.forecasts import creators_forecasts
from matcher.matching.overlap import overlap
from matcher.matching.query import make_queries
from matcher.matching.similar import By, similar_creators
from matcher.records import Brief, Shortlist
from matcher.records.explanation import Explanation, SimilarCreators
from matcher.records.forecast import Forecasts
from matcher.records.overlap import Overlap
from matcher.records.said import say
from matcher.retrieval.encoders import Encoder, load_encoder
from matcher.retrieval.encoders.static import StaticEncoder
from matcher.retrieval.index import Index
from matcher.snapshot import SnapshotStore

BATCH = 64


class Matcher:
    """
    Answers briefs from one snapshot. Safe to share between threads.

    Open it with `Matcher.open("indexes")`; `refresh()` moves on to a newly published snapshot while matches under
    way finish on the old one.
    """

    def __init__(self, index: Index, encoder: Encoder, store: SnapshotStore | None = None) -> None:
        self._store, self._encoder = store, encoder
        self._opened = index, _fitted(index, encoder)

    @classmethod
    def open(
        cls,
        indexes: str | Path = "indexes",
        *,
        snapshot: str | None = None,
        encoder: str | Encoder | None = None,
        verify: bool = True,
    ) -> Matcher:
        """
        Open the current snapshot of an indexes folder, or the one named.

        `encoder` is needed only where the one that the snapshot was built with has moved. Raises NoSnapshot,
        SnapshotDamaged (with the file's name; `verify=False` skips the checksums) or SnapshotMismatch.
        """
        store = SnapshotStore(Path(indexes))
        index = Index.open(store.folder(snapshot), verify)
        return cls(index, _encoder_for(index, encoder), store)

    @property
    def index(self) -> Index:
        """The snapshot in use."""
        return self._opened[0]

    @property
    def encoder(self) -> Encoder:
        """What embeds briefs: the encoder under the token weights of the snapshot in use, where it has some."""
        return self._opened[1]

    @property
    def snapshot_id(self) -> str:
        """Id of the snapshot in use."""
        return self.index.manifest.snapshot_id

    def refresh(self) -> bool:
        """Move on to the current snapshot; True when there was a new one. Matches under way are not disturbed."""
        if self._store is None or self._store.current() == self.snapshot_id:
            return False
        index = Index.open(self._store.folder())
        self._opened = index, _fitted(index, self._encoder)
        return True

    def match(self, brief: Brief | Mapping[str, Any] | str, k: int | None = None) -> Shortlist:
        """
        The shortlist for a brief: a Brief, its fields as a mapping, or just its text.

        `k` overrides the brief's own. Raises BriefError for a brief that cannot be used.
        """
        return next(self.match_many([brief], k))

    def match_many(
        self, briefs: Iterable[Brief | Mapping[str, Any] | str], k: int | None = None
    ) -> Iterator[Shortlist]:
        """Shortlists for many briefs, in order; texts are encoded in batches."""
        waiting = iter(briefs)
        while batch := [as_brief(brief, k) for brief in islice(waiting, BATCH)]:
            for found in self._answers(batch):
                yield found.shortlist(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")

    def explain(self, brief: Brief | Mapping[str, Any] | str, creator_id: str) -> Explanation:
        """
        Why a creator stands where it stands for a brief, in or out of the shortlist.

        Raises UnknownCreator when the snapshot does not hold it.
        """
        index, encoder = self._opened
        row = index.creator_row(creator_id)
        return explain(index, make_queries([as_brief(brief)], encoder, index)[0], row)

    def similar(self, creator_ids: Sequence[str] | str, k: int = 15, by: By = "content") -> SimilarCreators:
        """Creators like one or several others, by what they post or by whom they reach."""
        index = self.index
        ids = (creator_ids,) if isinstance(creator_ids, str) else tuple(dict.fromkeys(creator_ids))
        return similar_creators(index, ids, k, by)

    def overlap(self, creator_ids: Sequence[str]) -> Overlap:
        """
        How many people several creators reach together, and how many of them are the same; each with its error.

        From who comments where that is known of all of them, else by a model (docs/overlap.md).
        """
        return overlap(self.index, creator_ids)

    def forecast(self, creator_ids: Sequence[str] | str) -> Forecasts:
        """
        Expected views and engagements of the next post of creators, per platform and format, with 90 % intervals.

        Raises UnknownCreator when the snapshot does not hold one of them.
        """
        ids = (creator_ids,) if isinstance(creator_ids, str) else tuple(dict.fromkeys(creator_ids))
        return creators_forecasts(self.index, ids)

    def _answers(self, briefs: Sequence[Brief]) -> Iterator[Answer]:
        index, encoder = self._opened
        return (answer(index, query) for query in make_queries(briefs, encoder, index))


def as_brief(brief: Brief | Mapping[str, Any] | str, k: int | None = None) -> Brief:
    """A Brief from any of the forms in which one may be given, with another `k` if one is named."""
    if isinstance(brief, str):
        brief = {"text": brief}
    if k is not None and isinstance(brief, Brief):
        brief = brief.model_dump(exclude_unset=True) | {"k": k}
    elif k is not None and isinstance(brief, Mapping):
        brief = {**brief, "k": k}
    return brief if isinstance(brief, Brief) else Brief.parse(brief)


def _encoder_for(index: Index, encoder: str | Encoder | None) -> Encoder:
    """The encoder asked for, else the one that the snapshot was built with."""
    if encoder is None or isinstance(encoder, str):
        return load_encoder(encoder or index.manifest.settings.get("encoder"))
    return encoder


def _fitted(index: Index, encoder: Encoder) -> Encoder:
    """The encoder, under the snapshot's token weights where it has some; refuses one that the index was not made of."""
    built = index.manifest
    weights = index.token_weights
    fitted = encoder.weighted(weights) if weights is not None and isinstance(encoder, StaticEncoder) else encoder
    if built.encoder_fingerprint != fitted.fingerprint:
        raise SnapshotMismatch(
            say(
                "snapshot {folder} was built with encoder {built!r} ({built_print}), this matcher uses {used!r} "
                "({used_print}).\n"
                "Rebuild it:  matcher reindex --creators … --posts … --encoder {used}\n"
                "or open it with its own encoder:  Matcher.open({indexes!r}, encoder={built!r})",
                folder=str(index.folder),
                built=built.encoder,
                built_print=built.encoder_fingerprint[:12],
                used=encoder.name,
                used_print=encoder.fingerprint[:12],
                indexes=str(index.folder.parent),
            )
        )
    return fitted
