"""`matcher keys`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.apps.cli.main import cli
from matcher.apps.storage import Database
from matcher.apps.storage.keys import find_key
from matcher.errors import InputError


def test_a_key_is_made_listed_and_revoked(tmp_path: Path) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(cli, ["keys", *words, "--indexes", str(tmp_path)], catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    secret = run("make", "Platform team", "--scope", "match").strip()
    database = Database(f"sqlite:///{tmp_path / 'service.db'}")
    key = find_key(database, secret)
    assert key is not None
    assert (key.name, key.scopes) == ("Platform team", ("match",))
    assert "Platform team" in run("list")
    assert secret not in run("list")
    run("revoke", key.id)
    assert find_key(database, secret) is None
    assert "revoked" in run("list")
    database.close()


@pytest.mark.parametrize("words", [["list"], ["revoke", "k_0a1b2c3d4e5f60718293a4b5"]])
def test_looking_for_keys_makes_no_database(tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(InputError, match=r"holds no keys yet; make one with: matcher keys make"):
        CliRunner().invoke(cli, ["keys", *words, "--indexes", str(tmp_path / "none")], catch_exceptions=False)
    assert not (tmp_path / "none").exists()
