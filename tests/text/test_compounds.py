import pytest

from matcher.text import joined_compounds


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("make-up looks", "make-up makeup looks"),
        ("K-pop idols", "K-pop Kpop idols"),
        ("hand-made, skin-care", "hand-made handmade, skin-care skincare"),
        ("gluten-qzx food", "gluten-qzx food"),
        ("state-of-the-art make-up-free", "state-of-the-art make-up-free"),
        ("10-20 TikTok-5", "10-20 TikTok-5"),
        ("彩妝 make\u2011up", "彩妝 make\u2011up makeup"),
        ("make\u2013up", "make\u2013up makeup"),
        ("", ""),
    ],
)
def test_compounds_that_are_words(text: str, wanted: str) -> None:
    assert joined_compounds(text) == wanted
