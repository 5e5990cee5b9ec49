import numpy as np
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from matcher.text.langid import LANGUAGES, language_log_odds, load_langid

TEXTS = [
    "We went to the night market",
    "Resep ayam goreng enak",
    "hôm nay đi ăn phở",
    "SHOUTING ALL THE TIME",
    "С",
    "",
    "Hoy fuimos al mercado con mi familia y comimos muy rico en la plaza",
    "ok",
    "\x01\x02",
]


def test_a_batch_gives_what_py3langid_gives() -> None:
    theirs = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    theirs.set_languages(LANGUAGES)
    ours = language_log_odds(TEXTS * 3)
    odds = np.exp(ours - ours.max(axis=1, keepdims=True))
    for text, row in zip(TEXTS * 3, odds / odds.sum(axis=1, keepdims=True), strict=True):
        expected = dict(theirs.rank(text))
        assert dict(zip(LANGUAGES, row.tolist(), strict=True)) == pytest.approx(expected, abs=2e-3)
        if text.strip("\x01\x02"):
            assert LANGUAGES[int(row.argmax())] == theirs.classify(text)[0]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="xx"):
        load_langid(("en", "xx"))
