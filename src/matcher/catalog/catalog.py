"""
The catalog: a platform's tables, streamed in Arrow batches, checked, and counted.

    with Catalog.open(creators="creators.csv", posts="posts/", rejects=Path("rejects.jsonl")) as catalog:
        table = catalog.creators()
        for batch in catalog.posts():
            ...

A bad row never stops a load and is never lost: it goes to the rejects. What cannot be read at all, or
has too many bad rows, raises InputError.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa

from matcher.catalog import formats, parquet
from matcher.catalog.batches import check_columns, conform, finish
from matcher.catalog.checks import Checks
from matcher.catalog.creators import unite
from matcher.catalog.keys import KeyIndex, KeySet, hash_strings
from matcher.catalog.ledger import Ledger, TableCounts
from matcher.catalog.raw import RawBatch
from matcher.catalog.rejects import write_rejects
from matcher.catalog.schema import CREATORS, TABLES, TableSpec
from matcher.catalog.sources import Opened, Source, SourceFile, find
from matcher.errors import InputError
from matcher.records.said import say

OnRows = Callable[[str, int], None]


class Catalog:
    """A platform's tables. Open it with `Catalog.open`; read creators, then posts, then the rest."""

    def __init__(
        self, opened: dict[str, list[Opened]], ledgers: dict[str, Ledger], rejects: Path, share: float, on_rows: OnRows
    ) -> None:
        self._opened = opened
        self._ledgers = ledgers
        self._rejects = rejects
        self._max_reject_share = share
        self._on_rows = on_rows
        self._done: set[str] = set()
        self._creators: pa.Table | None = None
        self._creator_rows: KeyIndex | None = None
        self._rejected_creators = KeySet()
        self._post_keys: KeySet | None = None
        self.sources: list[SourceFile] = [o.file for files in opened.values() for o in files]

    @classmethod
    def open(
        cls,
        *,
        creators: Source,
        posts: Source,
        post_metrics: Source | None = None,
        comments: Source | None = None,
        follower_history: Source | None = None,
        collaborations: Source | None = None,
        accounts: Source | None = None,
        rejects: Path,
        max_reject_share: float = 0.05,
        quotes: bool = True,
        on_rows: OnRows | None = None,
    ) -> "Catalog":
        """
        Find and hash the files of all tables; nothing is parsed yet.

        A source is a path (a file, or a folder of `.jsonl`, `.csv` and `.parquet`, each also `.gz` or
        `.zst`), a pandas DataFrame or a pyarrow Table. `on_rows(table, rows)` is told of every batch read.
        Without `quotes` neither rejects nor warnings hold a value of a table.
        Raises InputError for a path that does not exist or is of no readable kind.
        """
        if not 0.0 <= max_reject_share <= 1.0:
            raise InputError(f"max_reject_share is {max_reject_share}; it is a share, from 0 to 1.")
        given = {
            **{"creators": creators, "posts": posts, "post_metrics": post_metrics, "comments": comments},
            **{"follower_history": follower_history, "collaborations": collaborations, "accounts": accounts},
        }
        ledgers = {name: Ledger(name, quotes) for name in given}
        opened = {n: [] if source is None else find(n, source, ledgers[n]) for n, source in given.items()}
        return cls(opened, ledgers, Path(rejects), max_reject_share, on_rows or (lambda table, rows: None))

    def creators(self) -> pa.Table:
        """Return all creators in the schema CREATORS, sorted by `creator_id`; the row number is `creator_row`."""
        if self._creators is None:
            ledger = self._ledgers["creators"]
            found = pa.Table.from_batches(self._stream("creators"), CREATORS)
            table, duplicates, merged = unite(found)
            for file, line, fault in duplicates:
                ledger.reject(self.sources[file].name, line, fault)
            ledger.counts.kept = len(table)
            ledger.counts.merged = merged
            self._check_share("creators")
            self._creators = table
            self._creator_rows = KeyIndex(table["creator_id"])
        return self._creators

    def posts(self) -> Iterator[pa.RecordBatch]:
        """Stream posts in the schema POSTS; a post of an unknown creator or of a known `post_id` is a reject."""
        return self._stream("posts")

    def post_metrics(self) -> Iterator[pa.RecordBatch]:
        """Stream readings of counts in the schema POST_METRICS. Read `posts()` to its end first."""
        return self._stream("post_metrics")

    def comments(self) -> Iterator[pa.RecordBatch]:
        """Stream comments in the schema COMMENTS. Read `posts()` to its end first."""
        return self._stream("comments")

    def follower_history(self) -> Iterator[pa.RecordBatch]:
        """Stream follower counts over time in the schema FOLLOWER_HISTORY."""
        return self._stream("follower_history")

    def collaborations(self) -> Iterator[pa.RecordBatch]:
        """Stream what came of past work in the schema COLLABORATIONS."""
        return self._stream("collaborations")

    def accounts(self) -> Iterator[pa.RecordBatch]:
        """Stream profiles of followers and commenters in the schema ACCOUNTS; one account may follow many creators."""
        return self._stream("accounts")

    @property
    def warnings(self) -> list[str]:
        """What was repaired, ignored or kept aside so far, each thing once."""
        return [warning for ledger in self._ledgers.values() for warning in ledger.warnings()]

    @property
    def counts(self) -> dict[str, TableCounts]:
        """Rows read, kept and rejected per table that was given."""
        return {name: self._ledgers[name].counts for name, files in self._opened.items() if files}

    def total_rows(self, table: str) -> int | None:
        """Return the number of rows of a table where it is known without reading it, else None."""
        rows = [_rows(opened) for opened in self._files(table)]
        return None if None in rows else sum(r for r in rows if r is not None)

    def close(self) -> None:
        """Write the rejects; raise InputError where a table has more bad rows than `max_reject_share`."""
        self._flush()
        for table in self._opened:
            self._check_share(table)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is None:
            self.close()
        else:
            self._flush()

    def _flush(self) -> None:
        write_rejects(self._rejects, self._ledgers.values())

    def _files(self, table: str) -> list[Opened]:
        return self._opened[TABLES[table].name]

    def _stream(self, table: str) -> Iterator[pa.RecordBatch]:
        """Stream one table; only its first whole pass is counted and writes rejects."""
        spec = TABLES[table]
        if spec.parent == "creators":
            self.creators()
        if spec.parent == "posts" and self._post_keys is None and self._files(table):
            raise InputError(f"{table} refer to posts: read catalog.posts() to its end before catalog.{table}().")
        ledger = self._fresh_ledger(table)
        seen = KeySet()
        for opened in self._files(table):
            place = self.sources.index(opened.file)
            first = True
            for raw in formats.read(opened, spec):
                check_columns(raw, spec, opened, ledger, first)
                first = False
                batch = self._checked(raw, spec, ledger, seen, place)
                self._on_rows(table, len(raw) + len(raw.bad))
                if len(batch):
                    yield batch
        self._finished(table, seen)

    def _fresh_ledger(self, table: str) -> Ledger:
        """Return the ledger of a first pass (a broken-off one begins anew), or one to throw away."""
        ledger = Ledger(table, self._ledgers[table].quotes)
        if table not in self._done:
            if self._ledgers[table].counts.read:
                self._ledgers[table] = ledger
            return self._ledgers[table]
        return ledger

    def _checked(self, raw: RawBatch, spec: TableSpec, ledger: Ledger, seen: KeySet, place: int) -> pa.RecordBatch:
        columns, checks = conform(raw, spec, ledger)
        if spec.parent:
            columns += self._parents(spec, dict(zip(spec.schema.names, columns, strict=False)), checks)
        if spec.unique and spec.name != "creators":
            _check_unique(columns[0], spec.unique, seen, checks)
        if spec.name == "creators" and checks.faults:
            named = columns[0].take(pa.array(list(checks.faults))).drop_null()
            self._rejected_creators.add_new(hash_strings(named))
        faults = [*raw.bad, *((int(raw.lines[row]), fault) for row, fault in checks.faults.items())]
        for line, fault in sorted(faults, key=lambda pair: pair[0]):
            ledger.reject(self.sources[place].name, line, fault)
        batch = finish(columns, spec.schema, raw.lines, place, pa.array(checks.keep))
        ledger.counts.read += len(raw) + len(raw.bad)
        ledger.counts.kept += len(batch)
        return batch

    def _parents(self, spec: TableSpec, columns: dict[str, pa.Array], checks: Checks) -> list[pa.Array]:
        """Check that each row's creator or post is known; return `creator_row` where the schema has it."""
        if spec.parent == "posts" and self._post_keys is not None:
            keys = columns["post_id"]
            checks.reject(~self._post_keys.contains(hash_strings(keys)), "post_id", say("unknown post"), keys)
            return []
        assert self._creator_rows is not None
        keys = columns["creator_id"]
        hashes = hash_strings(keys)
        rows = self._creator_rows.rows(hashes)
        rejected = self._rejected_creators.contains(hashes)
        checks.reject((rows < 0) & rejected, "creator_id", say("the creator's own row was rejected"), keys)
        checks.reject(rows < 0, "creator_id", say("unknown creator"), keys)
        return [pa.array(rows)]

    def _finished(self, table: str, seen: KeySet) -> None:
        if table == "posts":
            self._post_keys = seen
        if table not in self._done:
            self._done.add(table)
            self._check_share(table)

    def _check_share(self, table: str) -> None:
        ledger = self._ledgers[table]
        if ledger.rejected_share <= self._max_reject_share:
            return
        self._flush()
        reason, count = max(ledger.reasons.items(), key=lambda pair: pair[1])
        names = ", ".join(opened.file.name for opened in self._files(table)[:3])
        read, share = ledger.counts.read, ledger.rejected_share
        raise InputError(
            f"{table}: {ledger.counts.rejected:,} of {read:,} rows ({share:.1%}) of {names} "
            f"cannot be used; at most {self._max_reject_share:.1%} may be. Most often ({count:,} times): {reason}. "
            f"Every row is listed in {self._rejects}; mend them, or allow more with --max-reject-share."
        )


def _check_unique(keys: pa.Array, field: str, seen: KeySet, checks: Checks) -> None:
    """Reject rows whose key was seen before; rows that are rejects already do not take their key."""
    rows = np.flatnonzero(checks.keep)
    repeated = np.zeros(len(keys), dtype=bool)
    repeated[rows] = ~seen.add_new(hash_strings(keys)[rows])
    checks.reject(repeated, field, say("duplicate: the first row with this id stays"), keys)


def _rows(opened: Opened) -> int | None:
    if opened.format == "parquet":
        return parquet.count_rows(opened)
    return len(opened.data) if opened.format in ("frame", "table") else None
