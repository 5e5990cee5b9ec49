"""An opened snapshot: names behind codes, creators by id, days since the last post."""

import numpy as np
import pytest

from matcher.errors import UnknownCreator
from matcher.retrieval.index import Index, Vocabularies

from .test_filters import CREATORS
from .test_filters import index as world

index = world

NAMES = Vocabularies({"platforms": ["instagram", "tiktok"], "cells": [["country", "TW"]], "languages": ["en", "th"]})


def test_vocabularies() -> None:
    assert NAMES.code("platforms", "tiktok") == 1
    assert NAMES.code("platforms", "myspace") == -1
    assert NAMES.code("cells", ("country", "TW")) == 0
    assert NAMES.codes("platforms", ["myspace", "instagram"]) == [0]
    assert NAMES.name("platforms", 1) == "tiktok"
    assert NAMES.name("platforms", -1) is None
    assert NAMES["platforms"] == ["instagram", "tiktok"]


def test_every_creator_is_found_by_its_id(index: Index) -> None:
    ids = [row["creator_id"] for row in CREATORS]
    assert [index.creator_row(i) for i in ids] == list(range(len(ids)))
    assert [index.creator_id(row) for row in range(len(ids))] == ids


@pytest.mark.parametrize("creator_id", ["", "an", "annn", "zz", "แมว"])
def test_a_creator_that_is_not_there(index: Index, creator_id: str) -> None:
    assert index.find_creator(creator_id) is None
    with pytest.raises(UnknownCreator, match="the key is creator_id, not the handle"):
        index.creator_row(creator_id)


def test_days_since_post(index: Index) -> None:
    days = index.days_since_post(slice(None))
    assert days[:2].tolist() == [1.0, 2.0]
    assert np.isnan(days[3:]).all(), "a post without a time, and no posts"
