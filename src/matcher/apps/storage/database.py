"""The database of the service: SQLite in a file by default, PostgreSQL by URL, brought up to date when first used."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from matcher.errors import StorageError
from matcher.records.said import say

HEAD = "0001"
"""The newest migration."""
BUSY_TIMEOUT_MS = 10_000
_SWITCH_AGAIN_S = 0.01
_READS = "matcher_reads"


class Database:
    """Opened, and migrated, by the first `begin`; safe to share between threads."""

    def __init__(self, url: str = "sqlite://") -> None:
        self._url = url
        self._ready, self._lock = False, Lock()
        in_memory = url in ("sqlite://", "sqlite:///:memory:")
        self._turn: AbstractContextManager[Any] = Lock() if in_memory else nullcontext()
        """One database in memory is one connection, which one thread may use at a time."""

    def begin(self) -> AbstractContextManager[Connection]:
        """
        A transaction to write in; raises StorageError where the database does not answer or cannot do what is asked.

        IntegrityError is the caller's: that a row is there already is an answer too. No error quotes what was written.
        """
        return self._transaction({})

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction to read in, which waits for no writer and keeps none waiting; raises as `begin` does."""
        return self._transaction({_READS: True})

    @contextmanager
    def _transaction(self, options: dict[str, Any]) -> Iterator[Connection]:
        try:
            self._make_ready()
            with self._turn, self._engine.connect() as opened:
                connection = opened.execution_options(**options)
                with connection.begin():
                    yield connection
        except OperationalError as error:
            raise StorageError(
                say("the database {name} does not answer: {error}", name=self.shown, error=_first_line(error))
            ) from error
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise StorageError(
                say("the database {name} cannot do this: {error}", name=self.shown, error=_first_line(error))
            ) from error

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()

    @property
    def shown(self) -> str:
        """The URL without its password."""
        return re.sub(r"(?<=:)[^:@/]+(?=@)", "***", self._url)

    @cached_property
    def _engine(self) -> Engine:
        try:
            url = make_url(self._url)
            if url.drivername in ("postgresql", "postgres"):
                url = url.set(drivername="postgresql+psycopg")
            if not url.drivername.startswith("sqlite"):
                return create_engine(url, pool_pre_ping=True, hide_parameters=True)
            return _sqlite(self._url, url.database)
        except (ArgumentError, ModuleNotFoundError, SQLAlchemyError) as error:
            raise StorageError(
                f"MATCHER_DATABASE is {self.shown!r}: {_first_line(error)}. "
                "Allowed is sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."
            ) from None

    def _make_ready(self) -> None:
        if self._ready:
            return
        with self._lock:
            if not self._ready:
                with self._engine.begin() as connection:
                    found = _revision(connection)
                if found != HEAD:
                    self._migrate()
                self._ready = True

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
        with self._engine.begin() as connection:
            _alone(connection)
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise StorageError(
                    f"the database {self.shown} was written by a newer matcher: {_first_line(error)}"
                ) from None


def in_turn(connection: Connection, what: str) -> None:
    """
    Keep others who name the same out until this transaction ends: what it reads stays true while it writes.

    A writer of SQLite is alone anyway.
    """
    if connection.dialect.name == "postgresql":
        key = int.from_bytes(blake2b(what.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _sqlite(url: str, file: str | None) -> Engine:
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, hide_parameters=True)
    else:
        options: dict[str, Any] = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
        engine = create_engine(url, hide_parameters=True, **options)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see below
        for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "foreign_keys=ON", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")
        _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(_READS)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")  # a writer waits here, and never halfway

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """
    Let writers write beside readers (WAL).

    Whoever opens a new file while another process switches it is refused at once, whatever `busy_timeout` says, so the
    switch is tried again as long as that says.
    """
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() >= until:
                raise
            time.sleep(_SWITCH_AGAIN_S)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _alone(connection: Connection) -> None:
    """Keep other processes that start at the same moment from migrating too."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(4711001)"))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:200]
