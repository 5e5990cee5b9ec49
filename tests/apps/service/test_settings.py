"""Settings from the environment."""

from pathlib import Path

import pytest

from matcher.apps.settings import Settings
from matcher.errors import MatcherError
from matcher.indexing import ReindexSettings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings(Path("indexes"), "127.0.0.1", 8321, None)
    assert Settings.from_environment({"MATCHER_PORT": "", "MATCHER_HOST": "  ", "PORT": "1"}) == Settings()


def test_every_setting_is_read() -> None:
    environ = {
        "MATCHER_INDEXES": "/srv/indexes",
        "MATCHER_HOST": "0.0.0.0",
        "MATCHER_PORT": " 80 ",
        "MATCHER_ENCODER": "intfloat/multilingual-e5-small",
        "MATCHER_DATABASE": "postgresql://matcher@db/matcher",
        "MATCHER_REQUIRE_KEY": "1",
        "MATCHER_REQUESTS_PER_MINUTE": "30",
        "MATCHER_MAX_BODY_BYTES": "5000",
        "MATCHER_CORS_ORIGINS": "https://a.example, http://localhost:3000",
        "MATCHER_HOSTS": "matcher.example, ::1",
        "MATCHER_TOKEN_WEIGHTS": "1",
        "MATCHER_ACCOUNTS": __file__,
        "MATCHER_CREATORS": __file__,
        "MATCHER_POST_METRICS": str(Path(__file__).parent),
    }
    assert Settings.from_environment(environ) == Settings(
        Path("/srv/indexes"),
        "0.0.0.0",
        80,
        "intfloat/multilingual-e5-small",
        "postgresql://matcher@db/matcher",
        {"creators": Path(__file__), "post_metrics": Path(__file__).parent, "accounts": Path(__file__)},
        True,
        True,
        30,
        5000,
        ("https://a.example", "http://localhost:3000"),
        hosts=("matcher.example", "::1"),
    )


@pytest.mark.parametrize("host", ["localhost", "::1", "0.0.0.0", "matcher.internal", "a"])
def test_hosts(host: str) -> None:
    assert Settings.from_environment({"MATCHER_HOST": host}).host == host


HOSTS = "an address or a host name without scheme or port, such as 127.0.0.1, ::1 or localhost"
DATABASES = "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
PORTS = "a whole number from 0 (any free port) to 65535"


@pytest.mark.parametrize(
    ("variable", "value", "allowed"),
    [
        ("MATCHER_PORT", "eighty", PORTS),
        ("MATCHER_PORT", "65536", PORTS),
        ("MATCHER_PORT", "-1", PORTS),
        ("MATCHER_PORT", "80.0", PORTS),
        ("MATCHER_PORT", "٣", PORTS),
        ("MATCHER_HOST", "http://localhost", HOSTS),
        ("MATCHER_HOST", "localhost:80", HOSTS),
        ("MATCHER_HOST", "two words", HOSTS),
        ("MATCHER_HOST", "-", HOSTS),
        ("MATCHER_DATABASE", "matcher.db", DATABASES),
        ("MATCHER_REQUIRE_KEY", "maybe", "1 or 0"),
        ("MATCHER_REQUESTS_PER_MINUTE", "-1", "a whole number from 0"),
        ("MATCHER_MAX_BODY_BYTES", "0", "a whole number from 1"),
        ("MATCHER_CORS_ORIGINS", "*", "origins with commas between, such as https://app.example"),
        ("MATCHER_POSTS", "/nowhere/posts", "a file or a folder of files that is there"),
        ("MATCHER_INDEXES", __file__, "a folder, there or still to be made; this is a file"),
    ],
)
def test_an_error_names_variable_value_and_what_is_allowed(variable: str, value: str, allowed: str) -> None:
    with pytest.raises(MatcherError) as raised:
        Settings.from_environment({variable: value})
    assert str(raised.value) == f"{variable} is {value!r}; allowed is {allowed}."


@pytest.mark.parametrize(("port", "expected"), [("0", 0), ("65535", 65535)])
def test_the_edges_of_ports(port: str, expected: int) -> None:
    assert Settings.from_environment({"MATCHER_PORT": port}).port == expected


def test_the_database_is_beside_the_snapshots_unless_another_is_named() -> None:
    assert Settings(Path("/srv/indexes")).database_url == "sqlite:////srv/indexes/service.db"
    assert Settings(database="postgresql://h/d").database_url == "postgresql://h/d"


def test_an_error_does_not_show_the_password() -> None:
    with pytest.raises(MatcherError) as raised:
        Settings.from_environment({"MATCHER_DATABASE": "mysql://root:secret@db/x"})
    assert "secret" not in str(raised.value)


def test_workers() -> None:
    assert Settings.from_environment({"MATCHER_WORKERS": "3"}).workers == 3
    with pytest.raises(MatcherError, match="MATCHER_WORKERS is '0'; allowed is a whole number from 1"):
        Settings.from_environment({"MATCHER_WORKERS": "0"})


def test_the_service_reads_every_table_that_a_reindex_does() -> None:
    tables = ("creators", "posts", "post_metrics", "comments", "follower_history", "collaborations", "accounts")
    environ = {f"MATCHER_{table.upper()}": __file__ for table in tables}
    assert set(Settings.from_environment(environ).tables) == set(tables) <= set(ReindexSettings.__dataclass_fields__)
