"""Authenticity at reindex: the optional tables that tell of it are read, and every creator is judged."""

from matcher.indexing.authenticity.assess import assess
from matcher.indexing.authenticity.followers import Followers, read_followers
from matcher.indexing.authenticity.people import People, read_people

__all__ = ["Followers", "People", "assess", "read_followers", "read_people"]
