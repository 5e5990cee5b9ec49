"""One reindex, from the tables to the published snapshot."""

from __future__ import annotations

import dataclasses
import hashlib
import resource
import shutil
import sys
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.catalog import Catalog
from matcher.errors import SnapshotError
from matcher.indexing import assemble
from matcher.indexing.authenticity import Followers, People, assess, read_followers, read_people
from matcher.indexing.beside import Beside
from matcher.indexing.bios import Bios
from matcher.indexing.comments import (
    CommentFigures,
    Comments,
    KnownTexts,
    Salt,
    comment_figures,
    commenter_sketches,
    save_texts,
    spool_comments,
)
from matcher.indexing.corpus_weights import CorpusWeights, known_weights, learn_weights
from matcher.indexing.erasure import Erased
from matcher.indexing.forecasts import forecast_posts
from matcher.indexing.metrics import apply_metrics
from matcher.indexing.moment import odd_moment
from matcher.indexing.previous import Previous, Unchanged, previous_snapshot
from matcher.indexing.probes import probe
from matcher.indexing.profiles import Profiles, profile_creators
from matcher.indexing.progress import Progress
from matcher.indexing.settings import ReindexSettings, Summary
from matcher.indexing.shrinkage import refuse_shrinkage
from matcher.indexing.spool import Spool, spool_posts
from matcher.indexing.standing import standing_of
from matcher.indexing.staying import of_those, renumbered, staying, strangers, those_who_stay
from matcher.indexing.words import write_words
from matcher.indexing.writing import Parts, write_snapshot
from matcher.records.said import say
from matcher.retrieval.encoders import Encoder, load_encoder
from matcher.retrieval.encoders.coverage import SURE_LANGUAGE, gap
from matcher.retrieval.encoders.weights import weighted
from matcher.signals.engagement import PostGrowth, post_growth
from matcher.snapshot import Manifest, SnapshotStore, save_array
from matcher.snapshot.manifest import checksums

_GAP_SHARE = 0.01
"""Posts in languages that the encoder does not cover are worth a warning from this share on."""


class Build:
    """The state of one reindex, from the tables to the published snapshot."""

    def __init__(
        self, settings: ReindexSettings, progress: Progress, store: SnapshotStore, building: Path, snapshot_id: str
    ) -> None:
        self.settings, self.progress, self.store = settings, progress, store
        self.building, self.snapshot_id = building, snapshot_id
        self.warnings: list[str] = []
        self.growth: PostGrowth | None = None
        """How posts grew, by row of the spool; None without readings."""
        self.not_for_the_record: list[str] = []
        """Warnings that name erased creators: for whoever runs this, not for the manifest."""
        self.erased = Erased.load(settings.indexes).with_ids(settings.erase)
        self.weights: CorpusWeights | None = None

    def publish(self) -> Summary:
        """Do the work; returns what was done."""
        settings = self.settings
        with self.progress.stage("load"):
            encoder = load_encoder(None if settings.encoder is None else str(settings.encoder))
            tables = settings.tables()
            catalog = Catalog.open(
                **tables, rejects=settings.indexes / "rejects.jsonl", max_reject_share=settings.max_reject_share,
                quotes=not self.erased.digests,
            )  # fmt: skip
        if settings.token_weights:
            self.weights = self._weights(catalog, encoder)
            encoder = weighted(encoder, self.weights.values)
        previous = None if settings.full else previous_snapshot(self.store, encoder.fingerprint, self.warnings)
        if previous is not None and not settings.erase and self._describes(catalog, previous.index.manifest):
            return self._left_alone(previous.index.manifest)
        with Beside(self.progress) as beside:
            return self._built(catalog, encoder, previous, beside)

    def _built(self, catalog: Catalog, encoder: Encoder, previous: Previous | None, beside: Beside) -> Summary:
        settings, tables = self.settings, self.settings.tables()
        as_of_s = int(settings.as_of.timestamp())
        with catalog:
            with self.progress.stage("creators"):
                creators, kept = self._creators(catalog)
                bios = Bios.of(creators)
            spool = self._spool(catalog, kept, encoder, previous)
            self._mind_the_gap(spool, encoder)
            if said := odd_moment(as_of_s, spool.published_at):
                self.warnings.append(said)
            order = assemble.snapshot_order(spool)
            same = Unchanged.since(previous, spool.content[order], spool.creator[order], bios.content)
            words = beside.start("words", write_words, self.building, spool, order, bios, previous, same)
            with self.progress.stage("profiles"):
                standing = standing_of(creators, spool, order, as_of_s)
            forecasts = beside.start("forecast", forecast_posts, spool, order, standing, as_of_s)
            comments = self._comments(catalog, creators, spool, previous)
            with self.progress.stage("profiles"):
                collaborations = renumbered(catalog.collaborations(), kept) if "collaborations" in tables else ()
                figures = comment_figures(comments, creators.num_rows)
                profiles = profile_creators(
                    creators, standing, spool, order, figures, self.growth, collaborations, as_of_s
                )
            profiles = self._judged(catalog, creators, kept, spool, comments, figures, profiles)
        shutil.copyfile(settings.indexes / "rejects.jsonl", self.building / "rejects.jsonl")
        found = {"creators": len(kept), "posts": len(spool)}
        refuse_shrinkage(self.store, found, settings.max_shrink)
        parts = Parts(creators, bios, spool, order, same, profiles, standing.languages, self.weights, forecasts, words)
        write_snapshot(self.building, parts, encoder, previous, self.progress)
        counts = {
            "creators": creators.num_rows,
            "posts": len(spool),
            "embedded": spool.embedded,
            "reused": len(spool) - spool.embedded,
            "erased": int(np.count_nonzero(kept < 0)),
        }
        with self.progress.stage("probe"):
            self._describe(catalog, encoder, counts)
            probe(self.building, encoder)
        return self._publish(catalog, counts)

    def _describes(self, catalog: Catalog, manifest: Manifest) -> bool:
        """Whether a snapshot was made from the same tables, with the same settings, on the same day."""
        sources = [(s.table, s.bytes, s.content_hash) for s in catalog.sources]
        return (
            [(s["table"], s["bytes"], s["content"]) for s in manifest.sources] == sources
            and manifest.settings == self._settings()
            and manifest.as_of[:10] == f"{self.settings.as_of:%Y-%m-%d}"
        )

    def _left_alone(self, manifest: Manifest) -> Summary:
        counts = manifest.counts | {"embedded": 0, "reused": manifest.counts["posts"]}
        return self._summary("unchanged", manifest.snapshot_id, counts, {}, self._tidy(manifest.snapshot_id))

    def _settings(self) -> dict[str, Any]:
        """What decides how the tables are read, for the manifest; the erased as a digest of their digests."""
        listed = hashlib.sha256("".join(sorted(self.erased.digests)).encode()).hexdigest()
        return {
            "encoder": None if self.settings.encoder is None else str(self.settings.encoder),
            "token_weights": self.settings.token_weights,
            "max_reject_share": self.settings.max_reject_share,
            "erased": listed if self.erased.digests else None,
        }

    def _weights(self, catalog: Catalog, encoder: Encoder) -> CorpusWeights:
        """Those of the current snapshot while they stand, else new ones; nothing learnt from the erased stands."""
        known = None if self.settings.full else known_weights(self.store, encoder)
        if known is not None and not self._precedes_erasure(self.store.current()):
            return known
        with self.progress.stage("token weights"):
            return learn_weights(encoder, of_those(catalog.posts(), staying(catalog.creators(), self.erased)))

    def _creators(self, catalog: Catalog) -> tuple[pa.Table, NDArray[np.int32]]:
        """The creators' table without the erased, and the new row of every creator of the catalog (-1: erased)."""
        table = catalog.creators()
        found = those_who_stay(table, self.erased)
        if self.settings.erase:
            self.not_for_the_record += strangers(table, self.settings.erase)
        return found

    def _spool(self, catalog: Catalog, kept: NDArray[np.int32], encoder: Encoder, previous: Previous | None) -> Spool:
        with self.progress.stage("posts", catalog.total_rows("posts")):
            batches = renumbered(catalog.posts(), kept)
            spool = spool_posts(batches, self.building / "spool", encoder, previous, self.progress.advance)
        if "post_metrics" in self.settings.tables():
            with self.progress.stage("metrics", catalog.total_rows("post_metrics")):
                readings = apply_metrics(spool, catalog.post_metrics(), self.progress.advance)
                self.growth = post_growth(readings, len(spool))
            if self.growth.falling:
                self.warnings.append(
                    say(
                        "post_metrics: {n:,} times the views of a post are fewer at a later reading "
                        "than at an earlier one; the last reading counts, and growth is not known",
                        n=self.growth.falling,
                    )
                )
        return spool

    def _judged(
        self, catalog: Catalog, creators: pa.Table, kept: NDArray[np.int32], spool: Spool, comments: Comments,
        said: CommentFigures, profiles: Profiles,
    ) -> Profiles:  # fmt: skip
        """The profiles with the authenticity of every creator, from what further tables there are."""
        tables, as_of = self.settings.tables(), int(self.settings.as_of.timestamp())
        followers: Followers | None = None
        people: People | None = None
        if "follower_history" in tables:
            with self.progress.stage("follower_history", catalog.total_rows("follower_history")):
                readings = renumbered(catalog.follower_history(), kept)
                platforms = profiles.vocabularies["platforms"]
                followers = read_followers(readings, profiles.columns, platforms, as_of, self.progress.advance)
                self.warnings += followers.warnings
        if "accounts" in tables:
            with self.progress.stage("accounts", catalog.total_rows("accounts")):
                people = read_people(renumbered(catalog.accounts(), kept), as_of, self.progress.advance)
                self.warnings += people.warnings
        with self.progress.stage("authenticity"):
            columns = assess(profiles.columns, creators, spool, comments, said, followers, people, as_of)
        return dataclasses.replace(profiles, columns=columns)

    def _comments(self, catalog: Catalog, creators: pa.Table, spool: Spool, previous: Previous | None) -> Comments:
        """All comments, none where there is no table of them."""
        folder = self.building / "comments"
        folder.mkdir()
        salt = Salt.inherited(self._comments_before())
        salt.save(folder)
        known = KnownTexts.open(previous.index.folder / "comments" if previous else None)
        given = "comments" in self.settings.tables()
        with self.progress.stage("comments", catalog.total_rows("comments")) if given else nullcontext():
            comments = spool_comments(
                catalog.comments(), self.building / "spool" / "comments", spool, creators.column("creator_id"),
                salt, known, self.erased, int(self.settings.as_of.timestamp()), self.progress.advance,
            )  # fmt: skip
            save_texts(folder, comments.text, comments.judged)
            sketches = commenter_sketches(comments, creators.num_rows)
            save_array(folder / "sketch_start.npy", sketches.start)
            save_array(folder / "sketches.npy", sketches.octets)
        self.warnings += comments.warnings
        return comments

    def _comments_before(self) -> Path | None:
        """Where the current snapshot keeps its comments; nowhere if it was made before an erasure."""
        try:
            folder = self.store.folder()
        except SnapshotError:
            return None
        return None if self._precedes_erasure(folder.name) else folder / "comments"

    def _mind_the_gap(self, spool: Spool, encoder: Encoder) -> None:
        """Warn of posts in languages that the encoder does not cover."""
        sure = spool.language_confidence >= SURE_LANGUAGE
        posts = Counter(language for language in spool.language[sure].tolist() if language)
        if said := gap(encoder.name, encoder.languages, posts, _GAP_SHARE):
            self.warnings.append(said)

    def _describe(self, catalog: Catalog, encoder: Encoder, counts: dict[str, int]) -> None:
        settings = self.settings
        self.warnings += catalog.warnings
        if not counts["posts"]:
            self.warnings.append(say("the posts table has no usable row: creators can be matched on their bios alone"))
        Manifest(
            snapshot_id=self.snapshot_id,
            created_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            as_of=f"{settings.as_of:%Y-%m-%dT%H:%M:%SZ}",
            encoder=encoder.name,
            encoder_fingerprint=encoder.fingerprint,
            dimensions=encoder.dimensions,
            counts=counts,
            sources=[
                {"table": s.table, "file": s.name, "bytes": s.bytes, "content": s.content_hash} for s in catalog.sources
            ],
            settings=self._settings(),
            warnings=self.warnings,
            files=checksums(self.building),
        ).save(self.building)

    def _publish(self, catalog: Catalog, counts: dict[str, int]) -> Summary:
        settings = self.settings
        with self.progress.stage("publish"):
            if settings.erase:
                self.erased.save(settings.indexes)
            self.store.publish(self.building)
            removed = self._tidy(self.snapshot_id)
        tables = {name: {"read": c.read, "kept": c.kept, "rejected": c.rejected} for name, c in catalog.counts.items()}
        return self._summary("published", self.snapshot_id, counts, tables, removed)

    def _tidy(self, current: str) -> list[str]:
        """Remove snapshots beyond `keep`, and all that were made before the last erasure, even by a run that died."""
        before = [i for i in self.store.ids() if i != current and self._precedes_erasure(i)]
        self.store.remove(before)
        return before + self.store.prune(self.settings.keep)

    def _precedes_erasure(self, snapshot_id: str) -> bool:
        try:
            return bool(self.store.manifest(snapshot_id).settings.get("erased") != self._settings()["erased"])
        except SnapshotError:
            return bool(self.erased.digests)

    def _summary(
        self, status: str, snapshot_id: str, counts: dict[str, int], tables: dict[str, dict[str, int]],
        removed: list[str],
    ) -> Summary:  # fmt: skip
        return Summary(
            status, snapshot_id, counts, tables, dict(self.progress.seconds),
            (*self.warnings, *self.not_for_the_record), tuple(removed), _peak_memory_mb(),
        )  # fmt: skip


def _peak_memory_mb() -> float:
    """The largest resident size of this process so far, in MB (10⁶ bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak * (1 if sys.platform == "darwin" else 1024) / 1e6, 1)
