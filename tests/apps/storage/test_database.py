"""The database: made when first used, migrated once, and honest where it cannot be used."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from matcher.apps.storage import Database
from matcher.apps.storage.briefs import list_briefs, save_brief
from matcher.apps.storage.database import HEAD
from matcher.apps.storage.keys import find_key, make_key
from matcher.apps.storage.tables import metadata
from matcher.errors import StorageError


def test_the_migrations_make_the_tables(database: Database) -> None:
    with database.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_what_was_saved_is_there_for_the_next_process(database_url: str) -> None:
    first = Database(database_url)
    made = save_brief(first, "local", "one", {"text": "sunscreen"})
    first.close()
    second = Database(database_url)
    assert list_briefs(second, "local", 10) == [made]
    second.close()


def test_processes_that_begin_at_once_migrate_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: list_briefs(one, "local", 1), databases))
    for one in databases:
        one.close()


def test_threads_write_side_by_side(database: Database) -> None:
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda row: save_brief(database, "local", f"{row}", {"text": "a"}), range(40)))
    assert {one.id for one in list_briefs(database, "local", 100)} == {one.id for one in made}


def test_sqlite_writes_ahead(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new folder' / 'service.db'}")
    with database.begin() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    database.close()


def test_a_database_of_a_newer_matcher_is_left_alone(database: Database, database_url: str) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    newer = Database(database_url)
    with pytest.raises(StorageError, match="was written by a newer matcher"), newer.begin():
        pass
    newer.close()


@pytest.mark.parametrize("url", ["nonsense", "mysql://root:secret@127.0.0.1/x", "postgresql://u:secret@127.0.0.1:1/x"])
def test_a_database_that_cannot_be_used_says_so_without_its_password(url: str) -> None:
    with pytest.raises(StorageError) as raised, Database(url).begin():
        pass
    assert "secret" not in str(raised.value)


def test_an_error_does_not_quote_what_was_to_be_written(database: Database) -> None:
    table = metadata.tables["briefs"]
    row = {"id": "a", "owner": "local", "name": object(), "brief": "a secret brief", "created_at": "", "updated_at": ""}
    with pytest.raises(StorageError) as raised, database.begin() as connection:
        connection.execute(insert(table).values(row))
    assert "secret" not in f"{raised.value} {raised.value.__cause__}"


def test_a_row_that_is_there_already_is_told_without_its_words(database: Database) -> None:
    row = {"id": "a", "owner": "local", "name": "a", "brief": "a secret brief", "created_at": "", "updated_at": ""}
    with pytest.raises(IntegrityError) as raised:
        for _ in range(2):
            with database.begin() as connection:
                connection.execute(insert(metadata.tables["briefs"]).values(row))
    assert "secret" not in str(raised.value)


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    _, secret = make_key(database, "a", ("read",))
    with database.begin() as connection:
        connection.execute(insert(metadata.tables["briefs"]).values(
            {"id": "a", "owner": "local", "name": "a", "brief": "a", "created_at": "", "updated_at": ""}))  # fmt: skip
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(find_key, database, secret).result(timeout=5) is not None
