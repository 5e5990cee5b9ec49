"""
The tables that come in: which fields each has, and the Arrow schema each leaves with.

Every canonical schema ends with `source_file` (index into `Catalog.sources`) and `source_line`
(1-based), so that any later stage can still reject a row and name where it came from.
"""

from dataclasses import dataclass

import pyarrow as pa

TIME = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.string())
ACCOUNT = pa.struct(
    [
        ("platform", pa.string()),
        ("handle", pa.string()),
        ("followers", pa.int64()),
        ("following", pa.int64()),
        ("media_count", pa.int64()),
        ("verified", pa.bool_()),
    ]
)
PRICE = pa.struct(
    [
        ("platform", pa.string()),
        ("format", pa.string()),
        ("amount", pa.float64()),
        ("currency", pa.string()),
        ("source", pa.string()),
    ]
)
CONTACT = pa.struct([("type", pa.string()), ("value", pa.string())])
CELL = pa.struct([("facet", pa.string()), ("segment", pa.string()), ("share", pa.float64())])
AUDIENCE = pa.struct(
    [
        ("platform", pa.string()),
        ("source", pa.string()),
        ("status", pa.string()),
        ("sample_size", pa.int64()),
        ("as_of", TIME),
        ("credibility", pa.float64()),
        ("cells", pa.list_(CELL)),
    ]
)
FACETS = ("age", "gender", "country", "city", "language", "interest")
PLACE = [pa.field("source_file", pa.int32()), pa.field("source_line", pa.int64())]
CREATOR_ROW = pa.field("creator_row", pa.int32())

TYPES: dict[str, pa.DataType] = {
    "id": pa.string(),
    "string": pa.string(),
    "code": pa.string(),
    "currency": pa.string(),
    "country": pa.string(),
    "language": pa.string(),
    "languages": STRINGS,
    "hashtags": STRINGS,
    "mentions": STRINGS,
    "names": STRINGS,
    "count": pa.int64(),
    "amount": pa.float64(),
    "money": pa.float64(),
    "time": TIME,
    "flag": pa.bool_(),
    "accounts": pa.list_(ACCOUNT),
    "prices": pa.list_(PRICE),
    "contacts": pa.list_(CONTACT),
    "audience": pa.list_(AUDIENCE),
}
"""Kind of a field -> its Arrow type."""
NESTED = frozenset({"accounts", "prices", "contacts", "audience"})


@dataclass(frozen=True, slots=True)
class Field:
    """
    One field of an input table.

    `required`: the column must be there. `may_be_null`: a row may all the same come without it, with a
    warning; such a row still says something (a reading of counts of which the time was not kept).
    """

    name: str
    kind: str
    required: bool = False
    may_be_null: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One input table: its fields, the further columns it may come with, and whose key it refers to."""

    name: str
    fields: tuple[Field, ...]
    flat: tuple[Field, ...] = ()
    """Columns that are folded into a field."""
    parent: str | None = None
    unique: str | None = None

    @property
    def columns(self) -> dict[str, str]:
        """Every column that is understood -> its kind."""
        return {f.name: f.kind for f in (*self.fields, *self.flat)}

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that must be there."""
        return tuple(f.name for f in self.fields if f.required)

    @property
    def schema(self) -> pa.Schema:
        """The canonical schema of the batches that leave."""
        fields = [pa.field(f.name, TYPES[f.kind]) for f in self.fields]
        return pa.schema(fields + ([CREATOR_ROW] if self.parent == "creators" else []) + PLACE)


def _fields(words: str) -> tuple[Field, ...]:
    """Read `name:kind` words; `*` after the name marks a required column, `*?` one that may hold nulls."""
    pairs = (word.split(":") for word in words.split())
    return tuple(Field(name.rstrip("*?"), kind, "*" in name, "?" in name) for name, kind in pairs)


CREATORS_TABLE = TableSpec(
    "creators",
    _fields(
        "creator_id*:id display_name:string bio:string accounts:accounts country:country city:string "
        "languages:languages categories:names account_kind:code prices:prices contacts:contacts audience:audience"
    ),
    flat=_fields(
        "platform:code handle:string followers:count following:count media_count:count verified:flag category:names "
        "audience_sample_size:count audience_status:code audience_source:code "
        + " ".join(f"audience_{facet}:audience" for facet in FACETS)
    ),
    unique="creator_id",
)
POSTS_TABLE = TableSpec(
    "posts",
    _fields(
        "post_id*:id creator_id*:id platform:code published_at:time text:string hashtags:hashtags mentions:mentions "
        "language:language media_type:code duration_s:amount url:string sponsored:flag sponsors:names views:count "
        "likes:count comments:count shares:count saves:count reach:count impressions:count observed_at:time"
    ),
    parent="creators",
    unique="post_id",
)
POST_METRICS_TABLE = TableSpec(
    "post_metrics",
    _fields(
        "post_id*:id observed_at*?:time views:count likes:count comments:count shares:count saves:count "
        "impressions:count"
    ),
    parent="posts",
)
COMMENTS_TABLE = TableSpec(
    "comments",
    _fields("comment_id*:id post_id*:id author_id:id text:string published_at:time by_creator:flag reply_to:id"),
    parent="posts",
    unique="comment_id",
)
FOLLOWER_HISTORY_TABLE = TableSpec(
    "follower_history",
    _fields("creator_id*:id platform:code date*:time followers*:count following:count"),
    parent="creators",
)
COLLABORATIONS_TABLE = TableSpec(
    "collaborations",
    _fields(
        "collaboration_id*:id creator_id*:id brand*:string brief_id:id platform:code started_at:time spend:money "
        "currency:currency impressions:count clicks:count conversions:count revenue:money source:code"
    ),
    parent="creators",
    unique="collaboration_id",
)
ACCOUNTS_TABLE = TableSpec(
    "accounts",
    _fields(
        "account_id*:id creator_id*:id platform:code relation:code followers:count following:count media_count:count "
        "bio_length:count handle_length:count handle_digits:count has_picture:flag has_url:flag created_at:time"
    ),
    parent="creators",
)
"""Profiles of people who follow a creator, or comment on it: numbers only, no names."""
TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        *(CREATORS_TABLE, POSTS_TABLE, POST_METRICS_TABLE, COMMENTS_TABLE),
        *(FOLLOWER_HISTORY_TABLE, COLLABORATIONS_TABLE, ACCOUNTS_TABLE),
    )
}
CREATORS = CREATORS_TABLE.schema
POSTS = POSTS_TABLE.schema
POST_METRICS = POST_METRICS_TABLE.schema
COMMENTS = COMMENTS_TABLE.schema
FOLLOWER_HISTORY = FOLLOWER_HISTORY_TABLE.schema
COLLABORATIONS = COLLABORATIONS_TABLE.schema
ACCOUNTS = ACCOUNTS_TABLE.schema
