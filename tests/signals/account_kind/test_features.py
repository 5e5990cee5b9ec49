"""Features of accounts, worked out by hand."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from matcher.signals.account_kind import FEATURES, account_features, posts_to_read
from matcher.signals.account_kind.marks import mark_names, marked


def features_of(
    *texts: str | None, name: str | None = None, bio: str | None = None, tags: Sequence[list[str] | None] = ()
) -> dict[str, float]:
    """Features of one account on no platform that is told apart, by name."""
    read, owner = pa.array(list(texts), pa.large_string()), np.zeros(len(texts), np.int64)
    hashtags = pa.array(list(tags) or [None] * len(texts), pa.large_list(pa.large_string()))
    names, bios = (pa.array([value], pa.large_string()) for value in (name, bio))
    found = account_features(names, bios, [None], read, hashtags, owner, np.array([len(texts)]))
    assert found.shape == (1, len(FEATURES))
    return dict(zip(FEATURES, found[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("Mira Records", "label"), ("MIRA RECORDS", "label"), ("海鵬影業", "media"), ("ข่าวเช้า", "media"),
        ("Báo Sáng", "media"), ("Lindenshop", None), ("The Linden Shop", "shop"), ("Fern - Topic", "automatic"),
        ("MiraVEVO", "automatic"), ("Vevolution", None),
    ],
)  # fmt: skip
def test_marks_in_names(name: str, mark: str | None) -> None:
    """A word of a script with spaces counts whole, one of Han or Thai anywhere."""
    found = marked("name", pa.array([name, None], pa.large_string()))
    carried = [each for each, there in zip(mark_names("name"), found[0], strict=True) if there]
    assert (mark in carried) if mark else carried == []
    assert not found[1].any()


def test_shares_of_posts() -> None:
    found = features_of("My Day at the lake", "Lake | Official Trailer", "Lake | Official Trailer, part 2", "we walk")
    assert found["post.trailer"] == 0.5
    assert found["post.first_person"] == 0.25
    assert found["post.we"] == 0.25
    assert found["posts.repeated"] == 0.5
    assert found["posts.short"] == 1.0
    assert found["posts.known"] == 1.0


def test_an_account_that_names_itself_in_its_titles() -> None:
    found = features_of("Mai Fern - Rain (Official MV)", "MAI FERN live", "a cover", name="Mai Fern Official")
    assert found["posts.own_name"] == pytest.approx(2 / 3)
    assert features_of("Mai Fern - Rain", name="Mu")["posts.own_name"] == 0.0


@pytest.mark.parametrize(
    ("name", "title", "named"),
    [
        ("SamFernVEVO", "Sam Fern, Olivia Lake - Rain", True),
        ("Gin Oak李幸雨", "李幸雨《雨》", True),
        ("Gin Oak李幸雨", "gin oak - Rain", True),
        ("Paper Boats Official", "Rain - Paper Boats", True),
        ("Paper Boats Official", "The official video of rain", False),
        ("林", "森林", False),
    ],
)
def test_a_name_in_any_of_its_scripts(name: str, title: str, named: bool) -> None:
    """Spaces, case and what an account says of itself do not count; one letter is no name to look for."""
    assert features_of(title, name=name)["posts.own_name"] == float(named)


def test_hashtags_are_marks_of_their_own() -> None:
    """A star stands for any letters: "#reviewphimhay" is a clip's, "#phimtron" too, "#creditcard" is not an "edit"."""
    found = features_of("a", "b", "c", "d", tags=[["reviewphimhay"], ["PhimTron", "fyp"], ["creditcard"], None])
    assert found["tag.clips"] == 0.5
    assert found["tag.news"] == 0.0


def test_nothing_known() -> None:
    assert not any(features_of().values())


def test_repeats_do_not_cross_accounts() -> None:
    texts = pa.array(["the same long title", "the same long title", "another one altogether"], pa.large_string())
    names = pa.array([None, None], pa.large_string())
    tags = pa.array([None] * 3, pa.large_list(pa.large_string()))
    found = account_features(names, names, [None, "youtube"], texts, tags, np.array([0, 1, 1]), np.array([1, 2]))
    assert found[:, FEATURES.index("posts.repeated")].tolist() == [0.0, 0.0]
    assert found[:, FEATURES.index("platform.youtube")].tolist() == [0.0, 1.0]


def test_the_newest_posts_are_read() -> None:
    rows, owner = posts_to_read(np.array([0, 2, 2, 30]))
    assert rows.tolist() == [0, 1, *range(2, 22)]
    assert owner.tolist() == [0, 0, *[2] * 20]
