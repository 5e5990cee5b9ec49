"""Platforms by their other names."""

import pytest

from matcher.codes.platforms import platform_like, platform_names


@pytest.mark.parametrize(
    ("written", "name"),
    [("IG", "instagram"), ("Insta", "instagram"), ("fb", "facebook"), ("YT", "youtube"), ("小紅書", "xiaohongshu"),
     ("Tik  Tok", "tiktok"), ("twitter", "x"), ("x", "twitter"), ("MySpace", "myspace")],
)  # fmt: skip
def test_a_platform_goes_by_each_of_its_names(written: str, name: str) -> None:
    assert name in platform_names(written)


def test_no_name_is_that_of_two_platforms() -> None:
    assert len(platform_names("ig")) == len(set(platform_names("ig"))) == 3
    assert not set(platform_names("ig")) & set(platform_names("tt"))


@pytest.mark.parametrize(("written", "near"), [("Instagran", "instagram"), ("you-tube", "youtube"), ("myspace", None)])
def test_a_platform_that_may_have_been_meant(written: str, near: str | None) -> None:
    assert platform_like(written, ["instagram", "youtube"]) == near
