"""Where creators stand: accounts, size, languages, market and audience, and so who their peers are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.accounts import Accounts, read_accounts, tier_of
from matcher.indexing.audiences import Audiences, read_audiences
from matcher.indexing.origins import cantonese_shares, likely_market, spoken_languages
from matcher.indexing.spool import Spool
from matcher.indexing.vocabulary import Vocabulary, grouped
from matcher.signals.peers import PeerGroups, peer_groups
from matcher.signals.trade import Tiers, tiers


@dataclass(frozen=True, slots=True)
class Standing:
    """Of n creators, as columns; codes are of the vocabularies."""

    platforms: Vocabulary
    countries: Vocabulary
    languages: Vocabulary
    sizes: Tiers
    post_start: NDArray[np.int64]
    """int64 [n + 1]: offsets of their posts in the order of the snapshot."""
    accounts: Accounts
    tier: NDArray[np.int8]
    language_start: NDArray[np.int64]
    language: NDArray[np.int16]
    languages_status: NDArray[np.int8]
    first_language: NDArray[np.int16]
    audience: Audiences
    country: NDArray[np.int16]
    market: NDArray[np.int16]
    market_status: NDArray[np.int8]
    peers: PeerGroups

    def __len__(self) -> int:
        return len(self.tier)

    def platform_names(self) -> list[Any]:
        """The platform of each creator's main account, None where there is none."""
        names = [*self.platforms.names(), None]
        return [names[code] for code in self.accounts.main_platform.tolist()]


def standing_of(creators: pa.Table, spool: Spool, order: NDArray[np.int64], as_of_s: int) -> Standing:
    """Of n creators, from their table and the spooled posts in the order of the snapshot."""
    n = creators.num_rows
    platforms, countries, languages = Vocabulary(), Vocabulary(), Vocabulary()
    sizes = tiers()
    accounts = read_accounts(creators, platforms)
    post_start = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(spool.creator, minlength=n), out=post_start[1:])
    spoken, languages_status = spoken_languages(creators, spool, order, languages)
    language_start, (language,) = grouped(
        [row for row, names in enumerate(spoken) for _ in names],
        n,
        languages.encode((name for names in spoken for name in names), np.int16),
    )
    first_language = languages.encode((names[0] if names else None for names in spoken), np.int16)
    audience = read_audiences(creators, as_of_s)
    country = countries.encode(creators.column("country").to_pylist(), np.int16)
    chinese = np.array([names[:1] == ["zh-Hant"] for names in spoken], dtype=np.bool_)
    cantonese = cantonese_shares(creators, spool, chinese & (country < 0))
    market, market_status = likely_market(country, spoken, cantonese, audience, countries)
    tier = tier_of(accounts.main_followers, sizes)
    return Standing(
        platforms, countries, languages, sizes, post_start, accounts, tier, language_start, language, languages_status,
        first_language, audience, country, market, market_status,
        peer_groups(accounts.main_platform, tier, market, first_language),
    )  # fmt: skip
