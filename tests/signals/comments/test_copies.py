"""Near-duplicates."""

import numpy as np

from matcher.signals.comments.copies import BANDS, NO_BAND, bands, copied
from matcher.signals.comments.readings import read_comments

TEXT = "Our team would love to feature you on our page, send us a message today"


def keys(texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.uint32]]:
    return bands(read_comments(texts).folded)


def test_the_same_words_have_the_same_keys() -> None:
    found = keys([TEXT, "@ann " + TEXT.upper() + "!!! 😍 #ad", "short one", ""])
    assert (found[0] == found[1]).all() and (found[0] != NO_BAND).all()
    assert (found[2:] == NO_BAND).all()
    assert (keys(["x", TEXT])[1] == found[0]).all(), "the batch does not matter"


def test_how_often_near_copies_share_a_key() -> None:
    """200 texts of 60 letters with one of them changed: 5 of 56 shingles differ, Jaccard 51/61 = 0.84."""
    rng = np.random.default_rng(3)
    alphabet = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    whole = [list(alphabet[rng.integers(0, 26, 60)]) for _ in range(200)]
    for text in whole:  # no letter twice in a row: that would be folded
        for i in range(1, 60):
            if text[i] == text[i - 1]:
                text[i] = alphabet[(ord(text[i]) - 96) % 26]
    changed = [[*text[:30], "7", *text[31:]] for text in whole]
    same = keys(["".join(t) for t in whole]) == keys(["".join(t) for t in changed])
    expected = 1 - (1 - (51 / 61) ** 5) ** BANDS
    assert abs(same.any(axis=1).mean() - expected) < 0.09
    others = keys(["".join(t) for t in whole]) == np.roll(keys(["".join(t) for t in changed]), 1, axis=0)
    assert not others.any()


def test_a_copy_stands_under_three_posts() -> None:
    near = TEXT.replace("today", "today babe")
    other = "I have worn these shoes on every trail in the north and they last"
    texts = [TEXT, near, TEXT, other, other, other]
    post = np.array([1, 2, 3, 7, 7, 8])
    assert copied(keys(texts), post).tolist() == [True, True, True, False, False, False]
    assert not copied(keys(["Happy birthday!"] * 5), np.arange(5)).any(), "short phrases are common property"
    assert copied(keys([]), np.empty(0, np.int64)).tolist() == []
