"""What kind of account is this: a person, a group, or a shop, brand, medium, label or compilation? Estimated."""

from matcher.signals.account_kind.features import FEATURES, account_features, posts_to_read
from matcher.signals.account_kind.model import KINDS, PEOPLE, KindModel, load_kind_model

__all__ = ["FEATURES", "KINDS", "PEOPLE", "KindModel", "account_features", "load_kind_model", "posts_to_read"]
