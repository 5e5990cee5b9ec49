"""The last touches, worked by hand on a table of four rows."""

import numpy as np
from tokenizers import Tokenizer, models

from matcher.training.corpus import Bags
from matcher.training.finish import damp, lean_english


def test_only_plain_latin_words_lean_towards_the_start() -> None:
    words = Tokenizer(models.WordLevel({"<unk>": 0, "▁tea": 1, "茶": 2, "▁trà": 3}, unk_token="<unk>"))
    table = np.array([[0, 0], [4, 0], [4, 0], [4, 0]], dtype=np.float32)
    start = np.array([[0, 0], [0, 1], [0, 1], [0, 1]], dtype=np.float32)  # a quarter of the table's length
    leaned = lean_english(table, start, words, share=0.25)
    np.testing.assert_allclose(leaned, [[0, 0], [3, 1], [4, 0], [4, 0]], atol=1e-6)


def test_a_token_in_every_twentieth_text_keeps_half_of_its_length() -> None:
    often = np.repeat([0, 1, 2], [20, 1, 0])  # twenty texts hold token 0, one of them token 1, none token 2
    bags = Bags(rows=often, starts=np.array([*range(20), 21]))
    damped = damp(np.ones((3, 2), dtype=np.float32), bags, smooth=0.05)
    np.testing.assert_allclose(damped[:, 0], [0.05 / 1.05, 0.5, 1.0], atol=1e-6)
