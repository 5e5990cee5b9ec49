import random

import numpy as np
import pytest

from matcher.retrieval.encoders.load import DEFAULT_FOLDER
from matcher.retrieval.encoders.static import StaticEncoder
from matcher.training.fillers import Fillers, fillers
from matcher.training.pairs import Pair
from matcher.training.subject import GAP, Frame, Maker, Settings, fit, read_frames

ENCODER = StaticEncoder.load(DEFAULT_FOLDER)
FILLERS = {language: Fillers(["sushi", "surfing"], ["beach day"]) for language in ("en", "zh-Hant", "vi", "th")}


def test_frames_are_of_four_languages_and_have_gaps() -> None:
    frames = read_frames()
    assert {frame.language for frame in frames} == {"en", "zh-Hant", "vi", "th"}
    assert len(frames) > 500
    assert all(GAP in frame.text for frame in frames)


def test_every_text_says_where_its_subject_stands() -> None:
    maker = Maker(ENCODER, FILLERS, Settings(fillings=5, stretches=0, shortened=0.0))
    for text, subject in maker.texts([Frame("en", "We sell {} and want {} fans.")]):
        one, two = (text[begin:end] for begin, end in subject)
        assert text == f"We sell {one} and want {two} fans."
        assert {one, two} <= {"sushi", "surfing", "beach day"}


def test_sentences_with_gaps_are_never_left_out() -> None:
    maker = Maker(ENCODER, FILLERS, Settings(fillings=30, stretches=0, shortened=1.0))
    made = [text for text, _ in maker.texts([Frame("en", "Hi there. We want {}. Bye now.")])]
    assert all("We want" in text for text in made)
    assert {"Hi there." in text for text in made} == {True, False}


def test_tokens_of_gaps_are_subject_and_the_others_frame() -> None:
    maker = Maker(ENCODER, FILLERS, Settings(fillings=1, stretches=0, shortened=0.0))
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
    small = Settings(hidden=16, fillings=2, stretches=10, epochs=2, seed=random.Random(1).randrange(99))
    one, again = (fit(ENCODER, filling, small) for _ in range(2))
    np.testing.assert_array_equal(one.hidden, again.hidden)
    rows = ENCODER.pieces("We are looking for creators who love surfing").rows
    odds = one.log_odds(rows)
    assert odds[-1] < 0.0 < odds[:4].min()
