"""Settings: read once from the environment, at the door, and handed down."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from matcher.errors import MatcherError

INDEXES = "MATCHER_INDEXES"
HOST = "MATCHER_HOST"
PORT = "MATCHER_PORT"
HOSTS = "MATCHER_HOSTS"
ENCODER = "MATCHER_ENCODER"
DATABASE = "MATCHER_DATABASE"
REQUIRE_KEY = "MATCHER_REQUIRE_KEY"
REQUESTS_PER_MINUTE = "MATCHER_REQUESTS_PER_MINUTE"
MAX_BODY_BYTES = "MATCHER_MAX_BODY_BYTES"
CORS_ORIGINS = "MATCHER_CORS_ORIGINS"
WORKERS = "MATCHER_WORKERS"
STOP_WITHIN_S = "MATCHER_STOP_WITHIN_S"
CREATORS = "MATCHER_CREATORS"
POSTS = "MATCHER_POSTS"
POST_METRICS = "MATCHER_POST_METRICS"
COMMENTS = "MATCHER_COMMENTS"
FOLLOWER_HISTORY = "MATCHER_FOLLOWER_HISTORY"
COLLABORATIONS = "MATCHER_COLLABORATIONS"
ACCOUNTS = "MATCHER_ACCOUNTS"
TOKEN_WEIGHTS = "MATCHER_TOKEN_WEIGHTS"

_TABLES = (CREATORS, POSTS, POST_METRICS, COMMENTS, FOLLOWER_HISTORY, COLLABORATIONS, ACCOUNTS)
_ALL = (
    INDEXES,
    HOST,
    PORT,
    HOSTS,
    ENCODER,
    DATABASE,
    REQUIRE_KEY,
    REQUESTS_PER_MINUTE,
    MAX_BODY_BYTES,
    CORS_ORIGINS,
    WORKERS,
    STOP_WITHIN_S,
    TOKEN_WEIGHTS,
    *_TABLES,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line and the service fall back on."""

    indexes: Path = Path("indexes")
    """Folder of the snapshots; it need not be there yet."""
    host: str = "127.0.0.1"
    """Address or name that the service listens on."""
    port: int = 8321
    """0 takes any free port."""
    encoder: str | None = None
    """A name for `load_encoder`; None is the one that the snapshot was built with."""

    database: str | None = None
    """URL of the database for saved briefs, shortlists, keys and jobs; None is a SQLite file beside the snapshots."""
    tables: Mapping[str, Path] = field(default_factory=dict)
    """Table → file or folder, for reindexes that the service is asked for."""
    token_weights: bool = False
    """Whether those reindexes learn from the posts which words say little."""
    require_key: bool = False
    """Ask for a key on loopback too; elsewhere one is always asked for."""
    requests_per_minute: int = 600
    """For a key that has no limit of its own; 0 is none."""
    max_body_bytes: int = 1 << 20
    """The largest body, for a key that has no limit of its own."""
    cors_origins: tuple[str, ...] = ()
    """Other sites whose pages may use the service."""
    workers: int = 1
    """Processes that answer side by side."""
    stop_within_s: int = 30
    """Told to stop, requests under way have so long to end."""
    hosts: tuple[str, ...] = ()
    """Names, besides localhost, under which it answers without a key, for example behind a proxy."""

    @property
    def database_url(self) -> str:
        """The database in use."""
        return self.database or f"sqlite:///{self.indexes / 'service.db'}"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """
        Settings from `MATCHER_…` variables; one that is missing or empty keeps its default.

        Raises MatcherError with the variable, its value and what is allowed.
        """
        given = {name: value for name in _ALL if (value := environ.get(name, "").strip())}
        default = cls()
        return cls(
            indexes=_folder(given[INDEXES]) if INDEXES in given else default.indexes,
            host=_host(given[HOST]) if HOST in given else default.host,
            port=_port(given[PORT]) if PORT in given else default.port,
            encoder=given.get(ENCODER, default.encoder),
            database=_database(given[DATABASE]) if DATABASE in given else default.database,
            token_weights=_switch(TOKEN_WEIGHTS, given, default.token_weights),
            require_key=_switch(REQUIRE_KEY, given, default.require_key),
            requests_per_minute=_whole(REQUESTS_PER_MINUTE, given, default.requests_per_minute, 0),
            max_body_bytes=_whole(MAX_BODY_BYTES, given, default.max_body_bytes, 1),
            workers=_whole(WORKERS, given, default.workers, 1),
            stop_within_s=_whole(STOP_WITHIN_S, given, default.stop_within_s, 1),
            cors_origins=_origins(given.get(CORS_ORIGINS, "")),
            hosts=tuple(_host(part.strip(), HOSTS) for part in given.get(HOSTS, "").split(",") if part.strip()),
            tables={
                name.removeprefix("MATCHER_").lower(): _table(name, given[name]) for name in _TABLES if name in given
            },
        )


def _folder(value: str) -> Path:
    path = Path(value).expanduser()
    if path.exists() and not path.is_dir():
        raise _wrong(INDEXES, value, "a folder, there or still to be made; this is a file")
    return path


def _host(value: str, variable: str = HOST) -> str:
    allowed = "an address or a host name without scheme or port, such as 127.0.0.1, ::1 or localhost"
    if ":" in value:
        try:
            return str(ipaddress.IPv6Address(value))
        except ValueError:
            raise _wrong(variable, value, allowed) from None
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", value):
        raise _wrong(variable, value, allowed)
    return value


def _port(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", value) or int(value) > 65_535:
        raise _wrong(PORT, value, "a whole number from 0 (any free port) to 65535")
    return int(value)


def _database(value: str) -> str:
    if not re.match(r"(sqlite|postgresql|postgres)(\+psycopg)?://", value):
        raise _wrong(DATABASE, re.sub(r"//.*", "//…", value), "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
    return value


def _switch(variable: str, given: Mapping[str, str], default: bool) -> bool:
    value = given.get(variable)
    if value is None:
        return default
    if value.lower() not in ("0", "1", "true", "false", "yes", "no"):
        raise _wrong(variable, value, "1 or 0")
    return value.lower() in ("1", "true", "yes")


def _whole(variable: str, given: Mapping[str, str], default: int, least: int) -> int:
    value = given.get(variable)
    if value is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) < least:
        raise _wrong(variable, value, f"a whole number from {least}")
    return int(value)


def _origins(value: str) -> tuple[str, ...]:
    origins = tuple(part.strip() for part in value.split(",") if part.strip())
    for origin in origins:
        if not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+", origin):
            raise _wrong(CORS_ORIGINS, value, "origins with commas between, such as https://app.example")
    return origins


def _table(variable: str, value: str) -> Path:
    path = Path(value).expanduser()
    if not path.exists():
        raise _wrong(variable, value, "a file or a folder of files that is there")
    return path


def _wrong(variable: str, value: str, allowed: str) -> MatcherError:
    return MatcherError(f"{variable} is {value!r}; allowed is {allowed}.")
