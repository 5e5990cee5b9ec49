"""
Reindex: read, check, embed what is new, build a snapshot, probe it, make it current.

The only writer of snapshots. Whatever goes wrong, the current snapshot stays as it was.
"""

from __future__ import annotations

import errno
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.catalog import Catalog
from matcher.errors import InputError, SnapshotError
from matcher.indexing import assemble
from matcher.indexing.erasure import Erased
from matcher.indexing.metrics import apply_metrics
from matcher.indexing.previous import Previous, previous_snapshot
from matcher.indexing.probes import probe
from matcher.indexing.profiles import Profiles, profile_creators
from matcher.indexing.progress import Progress
from matcher.indexing.settings import ReindexSettings, Summary
from matcher.indexing.spool import Spool, spool_posts
from matcher.indexing.vocabulary import Vocabulary
from matcher.retrieval.encoders import Encoder, load_encoder
from matcher.snapshot import Manifest, SnapshotStore, load_array, save_array, write_json
from matcher.snapshot.manifest import checksums


def reindex(creators: Any, posts: Any, indexes: str | Path = "indexes", **options: Any) -> Summary:
    """
    Build and publish a snapshot from a platform's tables.

    Tables are paths (a file or a folder of JSONL, CSV or Parquet files) or pandas DataFrames; `options` are the other
    fields of ReindexSettings. Raises InputError for tables that cannot be used, SnapshotLocked while another reindex
    runs, ProbeFailed when the new snapshot does not answer; the current snapshot then stays as it was.
    """
    show = options.pop("progress", True)
    return run(ReindexSettings(creators=creators, posts=posts, indexes=Path(indexes), **options), Progress(show))


def run(settings: ReindexSettings, progress: Progress) -> Summary:
    """One reindex under the lock of its indexes folder."""
    store = SnapshotStore(settings.indexes)
    with store.lock(settings.wait_s), progress:
        snapshot_id = f"{settings.as_of:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
        building = store.begin(snapshot_id)
        try:
            return _Run(settings, progress, store, building, snapshot_id).publish()
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise SnapshotError(
                    f"the disk of {settings.indexes} is full; nothing was published. Free some space, or remove old "
                    f"snapshots with: matcher snapshots prune --keep 1 --indexes {settings.indexes}"
                ) from error
            raise
        finally:
            shutil.rmtree(building, ignore_errors=True)


class _Run:
    """The state of one reindex, from the tables to the published snapshot."""

    def __init__(
        self, settings: ReindexSettings, progress: Progress, store: SnapshotStore, building: Path, snapshot_id: str
    ) -> None:
        self.settings, self.progress, self.store = settings, progress, store
        self.building, self.snapshot_id = building, snapshot_id
        self.warnings: list[str] = []
        self.erased = Erased.load(settings.indexes).with_ids(settings.erase)

    def publish(self) -> Summary:
        """Do the work; returns what was done."""
        settings = self.settings
        with self.progress.stage("load"):
            encoder = load_encoder(settings.encoder)
            previous = None if settings.full else previous_snapshot(self.store, encoder.fingerprint, self.warnings)
            tables = settings.tables()
            catalog = Catalog.open(
                **tables, rejects=self.building / "rejects.jsonl", max_reject_share=settings.max_reject_share
            )
        with catalog:
            with self.progress.stage("creators"):
                creators, kept = self._creators(catalog)
            spool = self._spool(catalog, kept, encoder, previous)
            with self.progress.stage("profiles"):
                order = assemble.snapshot_order(spool)
                languages = Vocabulary()
                collaborations = _remapped(catalog.collaborations(), kept) if "collaborations" in tables else ()
                profiles = profile_creators(
                    creators, spool, order, languages, collaborations, int(settings.as_of.timestamp())
                )
            for name in ("comments", "follower_history"):
                if name in tables:
                    with self.progress.stage(name):
                        for batch in getattr(catalog, name)():
                            self.progress.advance(batch.num_rows)
        self._write(creators, spool, order, profiles, languages, encoder, previous)
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

    def _creators(self, catalog: Catalog) -> tuple[pa.Table, NDArray[np.int32]]:
        """The creators' table without the erased, and the new row of every creator of the catalog (-1: erased)."""
        table = catalog.creators()
        if not table.num_rows:
            raise InputError("the creators table has no usable row; an index needs at least one creator")
        keep = np.ones(table.num_rows, dtype=np.bool_)
        if self.erased.digests:
            keep[:] = [creator_id not in self.erased for creator_id in table.column("creator_id").to_pylist()]
        if not keep.any():
            raise InputError("every creator of the table was erased; nothing is left to index")
        kept = np.where(keep, np.cumsum(keep) - 1, -1).astype(np.int32)
        return table.filter(pa.array(keep)), kept

    def _spool(self, catalog: Catalog, kept: NDArray[np.int32], encoder: Encoder, previous: Previous | None) -> Spool:
        with self.progress.stage("posts", catalog.total_rows("posts")):
            batches = _remapped(catalog.posts(), kept)
            spool = spool_posts(batches, self.building / "spool", encoder, previous, self.progress.advance)
        if "post_metrics" in self.settings.tables():
            with self.progress.stage("metrics", catalog.total_rows("post_metrics")):
                apply_metrics(spool, catalog.post_metrics(), self.progress.advance)
        return spool

    def _write(
        self, creators: pa.Table, spool: Spool, order: NDArray[np.int64], profiles: Profiles, languages: Vocabulary,
        encoder: Encoder, previous: Previous | None,
    ) -> None:  # fmt: skip
        folder, columns = self.building, profiles.columns
        with self.progress.stage("write", len(order)):
            _write_table(folder / "creators.arrow", creators)
            assemble.write_posts(folder, spool, order, languages)
            columns.save(folder / "creators")
            save_array(folder / "audience_prior.npy", profiles.audience_prior)
            save_array(folder / "audience_group.npy", profiles.audience_group)
            write_json(folder / "peers.json", profiles.peers)
            write_json(folder / "vocabularies.json", profiles.vocabularies | {"languages": languages.names()})
            (folder / "vectors").mkdir()
            posts = assemble.write_post_vectors(folder / "vectors", spool, order, self.progress.advance)
        with self.progress.stage("bios"):
            table = assemble.write_creator_vectors(
                folder / "vectors", creators, posts, columns.post_start, encoder, previous
            )
            has_text = np.asarray(table.scales) > 0
            save_array(folder / "reference.npy", assemble.reference_creators(columns.peer_group, has_text))
        same_posts, same_all = _unchanged(folder, previous)
        before = previous.index.folder / "vectors" if previous else None
        with self.progress.stage("dense index"):
            assemble.write_dense_index(
                posts, folder / "vectors" / "posts.faiss", before and before / "posts.faiss", same_posts
            )
            assemble.write_dense_index(
                table, folder / "vectors" / "creators.faiss", before and before / "creators.faiss", same_all
            )
        with self.progress.stage("words", None if same_all else len(order) + creators.num_rows):
            assemble.write_lexical(folder, creators, len(order), previous, same_all, self.progress.advance)
        shutil.rmtree(folder / "spool")

    def _describe(self, catalog: Catalog, encoder: Encoder, counts: dict[str, int]) -> None:
        settings = self.settings
        self.warnings += catalog.warnings
        Manifest(
            snapshot_id=self.snapshot_id,
            created_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            as_of=f"{settings.as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            encoder=encoder.name,
            encoder_fingerprint=encoder.fingerprint,
            dimensions=encoder.dimensions,
            counts=counts,
            sources=[
                {"table": s.table, "file": s.name, "bytes": s.bytes, "content": s.content_hash} for s in catalog.sources
            ],
            settings={"encoder": settings.encoder, "max_reject_share": settings.max_reject_share},
            warnings=self.warnings,
            files=checksums(self.building),
        ).save(self.building)

    def _publish(self, catalog: Catalog, counts: dict[str, int]) -> Summary:
        settings = self.settings
        with self.progress.stage("publish"):
            if settings.erase:
                self.erased.save(settings.indexes)
            self.store.publish(self.building)
            if settings.erase:
                removed = [i for i in self.store.ids() if i != self.snapshot_id]
                self.store.remove(removed)
            else:
                removed = self.store.prune(settings.keep)
        tables = {name: {"read": c.read, "kept": c.kept, "rejected": c.rejected} for name, c in catalog.counts.items()}
        return Summary(
            "published", self.snapshot_id, counts, tables, dict(self.progress.seconds), tuple(self.warnings),
            tuple(removed),
        )  # fmt: skip


def _remapped(batches: Iterator[pa.RecordBatch], kept: NDArray[np.int32]) -> Iterator[pa.RecordBatch]:
    """Batches whose `creator_row` counts the creators that stay; -1 for the others."""
    for batch in batches:
        at = batch.schema.get_field_index("creator_row")
        rows = pa.array(kept[np.asarray(batch.column(at))], pa.int32())
        yield batch.set_column(at, "creator_row", rows)


def _unchanged(folder: Path, previous: Previous | None) -> tuple[bool, bool]:
    """Whether the posts, and whether posts and bios, are those of the snapshot before, row by row."""
    if previous is None:
        return False, False
    before = previous.index.folder

    def same(name: str) -> bool:
        return np.array_equal(load_array(folder / name), load_array(before / name))

    posts = same("posts/content.npy") and same("posts/creator.npy")
    return posts, posts and same("vectors/bios.content.npy")


def _write_table(path: Path, table: pa.Table) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
