"""The spam model: the run-time sum against one written out, and what it says of plain cases."""

import numpy as np
import pytest

from matcher.signals.comments.patterns import fold
from matcher.signals.comments.readings import FEATURES, read_comments
from matcher.signals.comments.spam import SPAM, spam_probability, word_hashes
from matcher.signals.trade import trade_data

TEXTS = ["Check out my channel please, check it", "I love this song", "", "😍", "加我 line 賺錢", "one two two"]


def test_against_the_sum_written_out() -> None:
    model = trade_data("comment_spam")
    readings = read_comments(TEXTS)
    for row, text in enumerate(fold(TEXTS)):
        logit = model["intercept"] + sum(
            model["features"][name] * readings.features[row, i] for i, name in enumerate(FEATURES)
        )
        logit += sum(model["words"].get(word, 0.0) for word in set(text.split()))
        logit -= np.log(model["spam_share"] / (1 - model["spam_share"]))
        assert spam_probability(readings, 0.5)[row] == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-9)


def test_the_share_moves_the_odds() -> None:
    readings = read_comments(TEXTS)
    half, tenth = spam_probability(readings, 0.5), spam_probability(readings, 0.1)
    odds = (half / (1 - half)) / (tenth / (1 - tenth))
    assert odds == pytest.approx(9.0)


SPAMMED = [
    "Check out my channel and subscribe please!! www.songs.com",
    "Babe, DM us, we would love to collab with you",
    "加我 line 賺錢 0912345678 www.money.com",
    "ฝากร้านด้วยค่ะ พร้อมส่ง www.shop.com",
    "đăng ký kênh của mình, kiếm tiền tại nhà www.kiemtien.com",
]
HONEST = [
    "The sole is too soft for trails",
    "請問哪裡買得到這雙鞋",
    "รองเท้ารุ่นนี้ใส่วิ่งได้ไหมคะ",
    "mình hay chạy bộ buổi sáng",
    "Où as-tu trouvé cette veste ?",
    "😍😍",
]


def test_plain_cases_in_several_languages() -> None:
    assert (spam_probability(read_comments(SPAMMED)) >= SPAM).all()
    assert (spam_probability(read_comments(HONEST)) < SPAM).all(), "another language is not a fault"


def test_words_have_a_hash_each() -> None:
    words = [f"w{i}" for i in range(300)] + ["ab", "ba", "aab"]
    readings = read_comments(["ab", " ".join(words)])
    hashes, owner = word_hashes(readings.folded)
    assert owner.tolist()[:2] == [0, 1] and len(hashes) == len(words) + 1
    assert len(np.unique(hashes)) == len(set(fold(words)))
    assert hashes[0] in hashes[1:]
