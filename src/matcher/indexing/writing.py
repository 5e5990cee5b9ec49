"""A snapshot's files, from what a reindex worked out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing import assemble
from matcher.indexing.accounts import with_handle
from matcher.indexing.bios import Bios
from matcher.indexing.corpus_weights import CorpusWeights
from matcher.indexing.forecasts import SnapshotForecasts
from matcher.indexing.previous import Previous, Unchanged
from matcher.indexing.profiles import Profiles
from matcher.indexing.progress import Progress
from matcher.indexing.spool import Spool
from matcher.indexing.vocabulary import Vocabulary
from matcher.retrieval.encoders import Encoder
from matcher.snapshot import save_array, write_json


@dataclass(frozen=True, slots=True)
class Parts:
    """What a snapshot is made of."""

    creators: pa.Table
    bios: Bios
    spool: Spool
    order: NDArray[np.int64]
    """int64 [posts]: row of the spool of each post, in the order of the snapshot."""
    same: Unchanged
    profiles: Profiles
    languages: Vocabulary
    weights: CorpusWeights | None
    forecasts: Callable[[], SnapshotForecasts]
    """Waits for them."""
    words: Callable[[], None]
    """Waits until they are written."""


def write_snapshot(folder: Path, parts: Parts, encoder: Encoder, previous: Previous | None, progress: Progress) -> None:
    """Write every file of a snapshot but its manifest; what did not change is taken over from `previous`."""
    order, profiles, columns = parts.order, parts.profiles, parts.profiles.columns
    with progress.stage("write", len(order)):
        _write_table(folder / "creators.arrow", with_handle(parts.creators))
        assemble.write_posts(folder, parts.spool, order, parts.languages)
        columns.save(folder / "creators")
        save_array(folder / "audience_prior.npy", profiles.audience_prior)
        save_array(folder / "audience_group.npy", profiles.audience_group)
        write_json(folder / "audience_strengths.json", profiles.audience_strengths)
        write_json(folder / "peers.json", profiles.peers)
        if parts.weights is not None:
            parts.weights.save(folder, len(order))
        (folder / "vectors").mkdir()
        posts = assemble.write_post_vectors(
            folder / "vectors", parts.spool, order, previous, parts.same, progress.advance
        )
    with progress.stage("bios"):
        table = assemble.write_creator_vectors(
            folder / "vectors", parts.bios, posts, columns.post_start, encoder, previous, parts.same
        )
        has_text = np.asarray(table.scales) > 0
        save_array(folder / "reference.npy", assemble.reference_creators(columns.peer_group, has_text))
    before = previous.index.folder / "vectors" if previous else None
    with progress.stage("dense index"):
        known = None if previous is None or parts.same.posts else previous.posts.rows(parts.spool.content[order])
        assemble.write_dense_index(
            posts, folder / "vectors" / "posts.faiss", before and before / "posts.faiss", parts.same.posts, known
        )
        assemble.write_dense_index(
            table, folder / "vectors" / "creators.faiss", before and before / "creators.faiss", parts.same.all
        )
    forecasts = parts.forecasts()
    forecasts.save(folder)
    names = {"languages": parts.languages.names(), "platforms": forecasts.platforms, "formats": forecasts.formats}
    write_json(folder / "vocabularies.json", profiles.vocabularies | names)
    parts.words()
    shutil.rmtree(folder / "spool")


def _write_table(path: Path, table: pa.Table) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
