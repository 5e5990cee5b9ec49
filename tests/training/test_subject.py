import random
import re

import numpy as np
import pytest

from matcher.retrieval.encoders.load import DEFAULT_FOLDER
from matcher.retrieval.encoders.static import StaticEncoder
from matcher.retrieval.subject.network import Network
from matcher.training.fillers import Fillers, fillers
from matcher.training.pairs import Pair
from matcher.training.subject import GAP, Frame, Maker, Settings, fit, frame_words, read_frames, read_paperwork

ENCODER = StaticEncoder.load(DEFAULT_FOLDER)
FILLERS = {language: Fillers(["sushi", "surfing"], ["beach day"]) for language in ("en", "zh-Hant", "vi", "th")}


def test_frames_are_of_four_languages_and_have_gaps() -> None:
    frames = read_frames()
    assert {frame.language for frame in frames} == {"en", "zh-Hant", "vi", "th"}
    assert len(frames) > 500
    assert all(GAP in frame.text for frame in frames)


def test_every_text_says_where_its_subject_stands() -> None:
    maker = Maker(ENCODER, FILLERS, Settings(fillings=5, emptied=0, noted=0, stretches=0, shortened=0.0))
    for text, subject in maker.texts([Frame("en", "We sell {} and want {} fans.")]):
        one, two = (text[begin:end] for begin, end in subject)
        assert text == f"We sell {one} and want {two} fans."
        assert {one, two} <= {"sushi", "surfing", "beach day"}


def test_sentences_with_gaps_are_never_left_out() -> None:
    maker = Maker(ENCODER, FILLERS, Settings(fillings=30, emptied=0, noted=0, stretches=0, shortened=1.0))
    made = [text for text, _ in maker.texts([Frame("en", "Hi there. We want {}. Bye now.")])]
    assert all("We want" in text for text in made)
    assert {"Hi there." in text for text in made} == {True, False}


def test_tokens_of_gaps_are_subject_and_the_others_frame() -> None:
    maker = Maker(ENCODER, FILLERS, Settings(fillings=1, emptied=0, noted=0, stretches=0, shortened=0.0))
    seen, framed, weights = maker.tokens([Frame("en", "{} please now")])
    assert len(seen) == len(framed) == len(weights)
    assert framed.tolist()[-2:] == [True, True] and not framed[0]
    assert (weights > 0).all()


def test_terms_by_language_and_stretches_of_posts() -> None:
    pairs = [
        Pair("zh-TW", "term", "壽司", "sushi", "s", "l"),
        Pair("th", "emoji", "เค้ก", "cake", "s", "l"),
        Pair("vi", "sent", "Xin chào bạn.", "Hello you.", "s", "l"),
    ]
    found = fillers(pairs, ["We spent the whole day at the beach with friends"], [["summer"]], seed=3)
    assert list(found["en"].terms) == ["cake", "sushi"]
    assert list(found["zh-Hant"].terms) == ["壽司"] and list(found["th"].terms) == ["เค้ก"]
    stretch, tag = found["en"].stretches
    assert stretch in "We spent the whole day at the beach with friends" and tag == "summer"


def test_fitted_on_little_it_tells_what_it_saw_and_repeats() -> None:
    pytest.importorskip("torch")
    words = ["sushi", "surfing", "nail art", "hiking", "coffee", "guitar"]
    filling = {language: Fillers(words, words) for language in FILLERS}
    small = Settings(hidden=16, fillings=2, noted=20, stretches=10, epochs=2, seed=random.Random(1).randrange(99))
    one, again = (fit(ENCODER, filling, small) for _ in range(2))
    np.testing.assert_array_equal(one.hidden, again.hidden)
    rows = ENCODER.pieces("We are looking for creators who love surfing").rows
    odds = one.log_odds(rows)
    assert odds[-1] < 0.0 < odds[:4].min()


def test_some_gaps_are_left_empty() -> None:
    maker = Maker(ENCODER, FILLERS, Settings(fillings=0, emptied=2, noted=0, stretches=0, shortened=0.0))
    assert list(maker.texts([Frame("en", "We want {} fans.")])) == [("We want fans.", [])] * 2


def test_paperwork_stands_beside_the_subject_with_other_digits() -> None:
    maker = Maker(ENCODER, FILLERS, Settings(fillings=0, emptied=0, noted=200, stretches=0, bare=1.0, in_english=0.0))
    made = [(text, subject) for text, subject in maker.texts([Frame("vi", "tìm {}")]) if subject]
    assert len(made) == 200
    remarks = {re.sub(r"\d", "0", remark) for remark in read_paperwork()["vi"]}
    beside = set()
    for text, [(begin, end)] in made:
        left = re.sub(r"\d", "0", text[:begin] + text[end:])
        beside |= {remark for remark in remarks if remark in left}
        assert any(remark in left for remark in remarks)
    assert len(beside) > 30
    assert len({text for text, _ in made}) > 150


def test_words_of_frames() -> None:
    words = frame_words(ENCODER)
    assert {"looking", "for", "campaign", "合作", "tìm", "แบรนด์"} <= words
    assert not {"surfing", "露營", "surf", "coffee"} & words


def test_the_shipped_words_are_those_of_the_frames() -> None:
    assert Network.load().frame_words == frame_words(ENCODER), "run scripts/train_subject.py"
