"""Growth after posting, from tables of readings to the columns of the creators."""

import numpy as np
import pytest

from matcher.signals.engagement import PARTS

from ..tiny import Row
from .conftest import World

POST: Row = {"creator_id": "a", "platform": "youtube", "text": "tea", "published_at": "2026-10-01", "likes": 5}


def test_readings_become_a_half_life_and_late_growth(empty: World) -> None:
    """Half of the views in a day: 500 after one day, 750 after two, and so on; the last reading came with the post."""
    empty.write("creators", [{"creator_id": "a", "platform": "youtube"}])
    empty.write("posts", [POST | {"post_id": "p", "views": 1000, "observed_at": "2026-10-31"}])
    views = {2: 500, 3: 750, 5: 937}
    empty.write(
        "post_metrics", [{"post_id": "p", "observed_at": f"2026-10-{d:02}", "views": v} for d, v in views.items()]
    )
    summary = empty.reindex(max_reject_share=0)
    parts = dict(zip(PARTS, empty.index().creators.engagement_parts[0].tolist(), strict=True))
    assert np.exp(parts["half_life"]) == pytest.approx(1.0, rel=1e-4)
    assert parts["late_growth"] == pytest.approx(1 - (750 + (937 - 750) / 2) / 1000, rel=1e-4)
    assert not any("fewer at a later reading" in warning for warning in summary.warnings)


def test_views_that_fall_say_nothing_and_that_is_said(empty: World) -> None:
    empty.write("creators", [{"creator_id": "a", "platform": "youtube"}])
    empty.write("posts", [POST | {"post_id": "p", "views": 600, "observed_at": "2026-10-31"}])
    empty.write("post_metrics", [{"post_id": "p", "observed_at": "2026-10-05", "views": 900}])
    summary = empty.reindex(max_reject_share=0)
    assert np.isnan(empty.index().creators.engagement_parts[0, PARTS.index("half_life")])
    assert any("1 times the views of a post are fewer at a later reading" in warning for warning in summary.warnings)
    assert empty.index().post_table.column("views").to_pylist() == [600]


def test_without_dated_readings_growth_is_not_known(empty: World) -> None:
    empty.write("creators", [{"creator_id": "a", "platform": "youtube"}])
    empty.write("posts", [POST | {"post_id": "p", "views": 600}])
    empty.write("post_metrics", [{"post_id": "p", "observed_at": None, "views": 900}])
    empty.reindex()
    assert np.isnan(empty.index().creators.engagement_parts[0, PARTS.index("half_life") :]).all()
