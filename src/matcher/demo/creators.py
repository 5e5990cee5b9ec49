"""The creators table: accounts, names, bios, prices, contacts and audiences, with the gaps of real tables."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.demo.arrays import Flags, Floats, Ints, lognormal, stream
from matcher.demo.audiences import audience_column
from matcher.demo.cast import KINDS, PERSON, Cast
from matcher.demo.columns import hide, ids, listed, names, struct
from matcher.demo.lexicon import Lexicon
from matcher.demo.people import bios, handles_and_names
from matcher.demo.setting import CITIES, ENGLISH, LANGUAGES, MARKETS, PLATFORMS, TOPICS

_MARKETS = list(MARKETS.values())
FORMATS = ("post", "video", "video", "post")
"""The format that a platform's prices are quoted for."""
_PLATFORM_PRICE = np.array([1.0, 0.8, 1.8, 0.5])


def usd_price(rng: np.random.Generator, cast: Cast, who: Ints) -> Floats:
    """A fair price of one post in USD: it grows with followers, more slowly than they do."""
    level = np.array([m.price_level for m in _MARKETS])[cast.market[who]]
    size = (np.maximum(cast.followers[who], 500) / 1000) ** 0.82
    usd: Floats = 9.0 * size * level * _PLATFORM_PRICE[cast.platform[who]] * lognormal(rng, 0.35, len(who))
    return usd


def _prices(rng: np.random.Generator, cast: Cast, who: Ints) -> Any:
    """One price for 60 % of the creators, in the market's currency or in USD."""
    quoted = rng.random(len(who)) < 0.6
    usd = usd_price(rng, cast, who)[quoted]
    who = who[quoted]
    abroad = rng.random(len(who)) < 0.25
    rate = np.where(abroad, 1.0, np.array([m.per_usd for m in _MARKETS])[cast.market[who]])
    local = names([m.currency for m in _MARKETS], cast.market[who])
    unit = np.where(rate >= 1000, 10_000.0, np.where(rate >= 10, 100.0, 5.0))
    records = struct(
        {
            "platform": names(PLATFORMS, cast.platform[who]),
            "format": names(FORMATS, cast.platform[who]),
            "amount": pa.array(np.maximum(np.round(usd * rate / unit), 1.0) * unit),
            "currency": hide_to(local, abroad, "USD"),
            "source": names(("declared", "observed", "estimated"), np.minimum(rng.integers(0, 5, len(who)), 2)),
        }
    )
    return listed(records, quoted.astype(np.int64))


def hide_to(column: Any, where: Flags, value: str) -> Any:
    """The column with one value put where a flag is set."""
    return pc.if_else(pa.array(where), pa.scalar(value), column)


def _contacts(rng: np.random.Generator, handles: Any) -> Any:
    """A clearly invented e-mail address for about half of the creators."""
    given = rng.random(len(handles)) < 0.55
    address = pc.binary_join_element_wise(handles.filter(pa.array(given)), pa.scalar("@example.com"), "")
    kind = names(["email"], np.zeros(len(address), dtype=np.int64))
    return listed(struct({"type": kind, "value": address}), given.astype(np.int64))


def _accounts(rng: np.random.Generator, cast: Cast, who: Ints, handles: Any) -> Any:
    """Both accounts of a creator on two platforms; null for all others, whose one account is in flat columns."""
    two = cast.second_platform[who] >= 0
    both, row = np.repeat(who[two], 2), np.repeat(np.flatnonzero(two), 2)
    second = np.arange(len(both)) % 2 == 1
    platform = np.where(second, cast.second_platform[both], cast.platform[both])
    followers = cast.followers[both] * np.where(second, rng.uniform(0.1, 0.9, len(both)), 1.0)
    records = struct(
        {
            "platform": names(PLATFORMS, platform),
            "handle": handles.take(pa.array(row)),
            "followers": pa.array(np.floor(followers).astype(np.int64), mask=cast.gaps["no_followers"][both]),
        }
    )
    return listed(records, two * 2)


def _languages(rng: np.random.Generator, cast: Cast, who: Ints) -> Any:
    stated = rng.random(len(who)) < 0.6
    per_row = stated * (1 + (cast.mix[who] > 0))
    row = np.repeat(who, per_row)
    second = np.diff(row, prepend=-1) == 0
    return listed(names(LANGUAGES, np.where(second, ENGLISH, cast.language[row])), per_row)


def _city(rng: np.random.Generator, cast: Cast, who: Ints) -> Any:
    """The English name of a city of the market, for half of the creators."""
    cities = [[name for name, _ in CITIES[ENGLISH, m]] for m in range(len(_MARKETS))]
    place = cast.market[who] * len(cities[0]) + rng.integers(0, len(cities[0]), len(who))
    return hide(names([name for row in cities for name in row], place), rng.random(len(who)) < 0.5)


def creators_table(seed: int, cast: Cast, lexicon: Lexicon, start: int, stop: int) -> Any:
    """Creators `start` to `stop` in the contract's columns."""
    rng, who = stream(seed, 2, start), np.arange(start, stop, dtype=np.int64)
    gap = {name: flags[start:stop] for name, flags in cast.gaps.items()}
    handles, display = handles_and_names(rng, lexicon, cast, who)
    n, followers = len(who), cast.followers[who]
    one_topic = (rng.random(n) < 0.5).astype(np.int64)
    following = np.round(np.minimum(150 + followers * 0.02 * lognormal(rng, 1, n), 7500)).astype(np.int64)
    unsaid = (cast.kind[who] == PERSON) & (rng.random(n) < 0.7) | (rng.random(n) < 0.4)
    return pa.table(
        {
            "creator_id": ids("c", who, 6),
            "display_name": display,
            "bio": hide(bios(rng, lexicon, cast, who), gap["no_bio"]),
            "platform": names(PLATFORMS, cast.platform[who]),
            "handle": handles,
            "followers": pa.array(followers, mask=gap["no_followers"]),
            "following": pa.array(following, mask=rng.random(n) < 0.3),
            "media_count": pa.array(cast.post_counts[who] + rng.integers(0, 300, n)),
            "verified": pa.array((followers > 200_000) & (rng.random(n) < 0.6)),
            "accounts": _accounts(rng, cast, who, handles),
            "country": hide(names(list(MARKETS), cast.market[who]), gap["no_country"]),
            "city": hide(_city(rng, cast, who), gap["no_country"]),
            "languages": _languages(rng, cast, who),
            "categories": listed(names(list(TOPICS), cast.topics[who, 0][one_topic == 1]), one_topic),
            "account_kind": hide(names(KINDS, cast.kind[who]), unsaid),
            "prices": _prices(rng, cast, who),
            "contacts": _contacts(rng, handles),
            "audience": audience_column(rng, cast, start, stop),
        }
    )
