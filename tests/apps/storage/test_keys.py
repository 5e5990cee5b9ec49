"""API keys, on both databases."""

import pytest
from sqlalchemy import text

from matcher.apps.storage import Database
from matcher.apps.storage.keys import find_key, list_keys, make_key, revoke_key
from matcher.errors import InputError, UnknownSaved


def test_a_key_is_found_by_its_secret_and_kept_as_a_hash(database: Database) -> None:
    made, secret = make_key(database, "Platform", ("match", "read"), 60, 1000)
    assert find_key(database, secret) == made
    assert (made.scopes, made.requests_per_minute, made.max_body_bytes) == (("match", "read"), 60, 1000)
    with database.begin() as connection:
        kept = str(connection.execute(text("SELECT * FROM keys")).all())
    assert secret not in kept
    assert secret.removeprefix("mk_") not in kept


@pytest.mark.parametrize("name", ["", "  "])
def test_a_key_needs_a_name(database: Database, name: str) -> None:
    with pytest.raises(InputError, match="the name of a key is"):
        make_key(database, name, ("read",))
    assert list_keys(database) == []


@pytest.mark.parametrize("secret", ["", "mk_", "' OR ''='", "\x00", "\ud800", "k" * 10_000])
def test_a_wrong_secret_finds_nothing(database: Database, secret: str) -> None:
    make_key(database, "a", ("read",))
    assert find_key(database, secret) is None


def test_a_revoked_key_stays_in_the_list_and_is_useless(database: Database) -> None:
    made, secret = make_key(database, "a", ("read",))
    other, _ = make_key(database, "b", ("admin",))
    revoke_key(database, made.id)
    assert find_key(database, secret) is None
    assert [(one.id, one.revoked_at is None) for one in list_keys(database)] == [(made.id, False), (other.id, True)]
    with pytest.raises(UnknownSaved, match="could be revoked"):
        revoke_key(database, made.id)


def test_scopes() -> None:
    made, _ = make_key(Database(), "a", ("match",))
    assert [made.allows(scope) for scope in ("match", "read", "admin")] == [True, False, False]
    root, _ = make_key(Database(), "a", ("admin",))
    assert all(root.allows(scope) for scope in ("match", "read", "contacts", "admin"))
