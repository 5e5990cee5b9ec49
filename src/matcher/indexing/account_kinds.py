"""The kind of every account: as stated, and beside it as estimated from what it says and how it posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.columns import taken
from matcher.indexing.spool import Spool
from matcher.signals.account_kind import KINDS, PEOPLE, account_features, load_kind_model, posts_to_read

_CHUNK = 65_536
"""So many accounts are read at a time: their texts and features are all that memory holds of them."""


@dataclass(frozen=True, slots=True)
class AccountKinds:
    """Kinds of n accounts as codes of KINDS."""

    stated: NDArray[np.int8]
    """int8 [n]: -1 where nothing is stated."""
    likely: NDArray[np.int8]
    """int8 [n]: as stated, else the likeliest; -1 for an account without a name, a bio and posts."""
    probability: NDArray[np.float32]
    """float32 [n]: of `likely`; 1 where it is stated, 0 where it is not known."""
    people: NDArray[np.float32]
    """float32 [n]: probability that it is a person or a group; NaN where it is not known."""


def account_kinds(
    creators: pa.Table, platforms: Sequence[str | None], spool: Spool, order: NDArray[np.int64],
    post_start: NDArray[np.int64],
) -> AccountKinds:  # fmt: skip
    """Kinds of the accounts of a table; the spooled posts in the order of the snapshot lie at post_start [n + 1]."""
    n = creators.num_rows
    codes = {kind: code for code, kind in enumerate(KINDS)}
    stated = np.array([codes.get(kind, -1) for kind in creators.column("account_kind").to_pylist()], np.int8)
    shares, known = np.zeros((n, len(KINDS))), np.zeros(n, np.bool_)
    spooled, model = spool.table(), load_kind_model()
    for first in range(0, n, _CHUNK):
        here = slice(first, min(first + _CHUNK, n))
        start = post_start[first : here.stop + 1]
        rows, owner = posts_to_read(start)
        names, bios = (creators.column(name)[here].combine_chunks() for name in ("display_name", "bio"))
        texts, tags = (taken(spooled.column(name), order[rows]) for name in ("text", "hashtags"))
        posts = np.diff(start)
        features = account_features(names, bios, platforms[here], texts, tags, owner, posts)
        shares[here] = model.probabilities(features)
        known[here] = (posts > 0) | _filled(names) | _filled(bios)
    said = stated >= 0
    shares[said] = np.eye(len(KINDS))[stated[said]]
    known |= said
    likely = np.where(known, shares.argmax(axis=1), -1).astype(np.int8)
    probability = np.where(known, shares.max(axis=1, initial=0.0), 0.0).astype(np.float32)
    people = shares[:, [codes[kind] for kind in PEOPLE]].sum(axis=1)
    return AccountKinds(stated, likely, probability, np.where(known, people, np.nan).astype(np.float32))


def _filled(texts: pa.Array) -> NDArray[np.bool_]:
    return np.array([bool(text) for text in texts.to_pylist()], np.bool_)
