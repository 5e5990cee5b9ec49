"""The words of posts and of what creators say of themselves: `tokens.arrow`, and the lexical index over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.bios import Bios
from matcher.indexing.columns import taken
from matcher.indexing.previous import Previous, Unchanged
from matcher.indexing.spool import Spool
from matcher.retrieval.lexical import build_lexical, copy_lexical, link_or_copy
from matcher.text import clean, tokens

_CHUNK = 65_536
_SCHEMA = pa.schema([("tokens", pa.large_string())])


def write_words(
    folder: Path, spool: Spool, order: NDArray[np.int64], bios: Bios, previous: Previous | None, same: Unchanged
) -> None:
    """
    Write `tokens.arrow`, one row per post in order and then one per creator, and `lexical`, the index of those rows.

    Both are taken over where nothing changed. Otherwise the index is built anew, from tokens that are known: the
    statistics of BM25 are of all documents, and those of deleted ones stay in an index that is only amended.
    """
    if same.all and previous is not None:
        link_or_copy(previous.index.folder / "tokens.arrow", folder / "tokens.arrow")
        copy_lexical(previous.index.folder / "lexical", folder / "lexical")
        return
    with pa.OSFile(str(folder / "tokens.arrow"), "wb") as sink, pa.ipc.new_file(sink, _SCHEMA) as writer:
        of_posts = spool.table().column("tokens")
        for start in range(0, len(order), _CHUNK):
            writer.write_batch(pa.record_batch([taken(of_posts, order[start : start + _CHUNK])], schema=_SCHEMA))
        for start in range(0, len(bios), _CHUNK):
            writer.write_batch(pa.record_batch([_of_bios(bios[start : start + _CHUNK], previous)], schema=_SCHEMA))
    build_lexical(folder / "lexical", _documents(folder / "tokens.arrow", len(order)))


def _of_bios(bios: Bios, previous: Previous | None) -> pa.Array:
    """The tokens of bios, joined by spaces; of those that are known, as they were."""
    known = bios.known(previous)
    new, old = np.flatnonzero(known < 0), np.flatnonzero(known >= 0)
    words = pa.array(
        (" ".join(found) for found in tokens(clean([bios.texts[i] for i in new.tolist()]))), _SCHEMA[0].type
    )
    if previous is None or not len(old):
        return words
    before = previous.tokens.take(pa.array(previous.index.manifest.counts["posts"] + known[old]))
    return pa.concat_arrays([words, before]).take(pa.array(np.argsort(np.concatenate([new, old]))))


def _documents(path: Path, n_posts: int) -> Iterator[tuple[int, str]]:
    """Number and tokens of every post, and of every creator who says anything."""
    with pa.memory_map(str(path)) as source:
        reader = pa.ipc.open_file(source)
        number = 0
        for i in range(reader.num_record_batches):
            for text in reader.get_batch(i).column("tokens").to_pylist():
                if text or number < n_posts:
                    yield number, text
                number += 1
