"""`matcher keys`."""

from pathlib import Path

from click.testing import CliRunner

from matcher.apps.cli.main import cli
from matcher.apps.storage import Database
from matcher.apps.storage.keys import find_key


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
