from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.retrieval.encoders.load import DEFAULT_FOLDER
from matcher.retrieval.encoders.protocol import Rows, WeighedWord
from matcher.retrieval.encoders.static import StaticEncoder
from matcher.retrieval.subject import subject_mass, subject_names, subject_rows, subject_text, subject_words
from matcher.retrieval.subject.reading import NUMBER

ENCODER = StaticEncoder.load(DEFAULT_FOLDER)

BRIEFS = [
    (
        "Hello! Our client is launching soon and needs honest voices with a loyal community around nail art.",
        ["nail", "art"],
        ["client", "launching", "honest", "community"],
    ),
    (
        "我們是新創團隊，正在找長期合作夥伴，希望您平常就有經營登山露營的內容，風格真誠。",
        ["登山", "露營"],
        ["團隊", "合作", "夥伴", "內容"],
    ),
    (
        "Bên mình cần booking các bạn có tương tác tốt, chuyên làm nội dung về chăm sóc da, gửi giúp mình báo giá nhé.",
        ["chăm sóc da"],
        ["booking", "tương tác", "nội dung", "báo giá"],
    ),
    (
        "สวัสดีค่ะ ทางแบรนด์อยากร่วมงานกับคนที่ทำคอนเทนต์เกี่ยวกับกาแฟ รบกวนส่งเรทราคามาได้เลยค่ะ",
        ["กาแฟ"],
        ["ร่วมงาน", "เกี่ยวกับ", "ราคา"],
    ),
]


def weights_of(brief: str, phrase: str) -> list[float]:
    """Weights of the words that stand where a phrase does."""
    begin = brief.index(phrase)
    return [w.weight for w in subject_words(brief) if w.start < begin + len(phrase) and w.end > begin]


@pytest.mark.parametrize(("brief", "subject", "frame"), BRIEFS)
def test_words_of_the_subject_count_more_than_how_it_is_put(brief: str, subject: list[str], frame: list[str]) -> None:
    least = min(weight for phrase in subject for weight in weights_of(brief, phrase))
    usual = np.mean([weight for phrase in frame for weight in weights_of(brief, phrase)])
    assert least > 0.8 and usual < 0.4
    assert all(phrase in subject_text(brief) for phrase in subject)


@pytest.mark.parametrize(("brief", "subject", "frame"), BRIEFS)
def test_a_brief_lies_nearer_to_its_subject_than_by_all_of_its_words(
    brief: str, subject: list[str], frame: list[str]
) -> None:
    [alone] = ENCODER.encode([" ".join(subject)])
    [weighed], [plain] = subject_rows(ENCODER, [brief]), ENCODER.encode([brief])
    assert weighed @ alone > plain @ alone + 0.15


def test_a_text_that_is_all_frame_is_looked_up_as_it_is() -> None:
    assert subject_text("We are looking for creators", least=1.01) == "We are looking for creators"


@pytest.mark.parametrize("text", ["", " \n", "☕️🥐", "\x00\x01", "\ud83d", "ok " * 30_000, "#only #tags", "الطبخ"])
def test_odd_texts(text: str) -> None:
    [row] = subject_rows(ENCODER, [text])
    assert np.isfinite(row).all()
    assert np.linalg.norm(row) == pytest.approx(1.0, abs=1e-5) or not row.any()
    assert subject_text(text).strip() or not text.strip()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_words_are_spans_in_order_each_with_a_probability(text: str) -> None:
    words = subject_words(text)
    for word, after in pairwise(words):
        assert word.end <= after.start
    for word in words:
        assert 0 <= word.start <= word.end <= len(text) and 0.0 <= word.weight <= 1.0
    assert subject_mass(text) >= 0.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("reggaeton dance", ["reggaeton", "dance"], id="pieces of a word"),
        pytest.param("блогер о рыбалке", ["блогер", "о", "рыбалке"], id="bytes of letters that no row stands for"),
        pytest.param("gluten-free food", ["gluten-free", "food"], id="a compound"),
        pytest.param("登山露營", ["登山", "露營"], id="no spaces: each piece by itself"),
    ],
)
def test_pieces_of_one_word_count_together(text: str, words: list[str]) -> None:
    assert [text[word.start : word.end].strip() for word in subject_words(text)] == words


class Fixed:
    """Hears which texts it is to embed, and cannot weigh words."""

    name, fingerprint, dimensions, languages = "fixed", "fixed", 2, frozenset({"en"})

    def __init__(self) -> None:
        self.heard: list[str] = []

    def encode(self, texts: Sequence[str]) -> Rows:
        self.heard += texts
        return np.ones((len(texts), 2), np.float32)


def test_an_encoder_that_cannot_weigh_words_gets_those_that_count() -> None:
    encoder, brief = Fixed(), BRIEFS[0][0]
    assert subject_rows(encoder, [brief]).shape == (1, 2)
    assert encoder.heard == [subject_text(brief)]


def test_weights_by_brute_force() -> None:
    text = "vegan cake recipe"
    each = [ENCODER.pieces(word).rows.sum(axis=0) for word in ("vegan", " cake", " recipe")]
    wanted = 0.5 * each[0] + 1.0 * each[1] + 0.25 * each[2]
    words = [WeighedWord(0, 5, 0.5), WeighedWord(10, 17, 0.25)]
    [row] = ENCODER.encode_weighted([text], [words])
    np.testing.assert_allclose(row, wanted / np.linalg.norm(wanted), atol=1e-5)
    [plain] = ENCODER.encode_weighted([text], [[]])
    np.testing.assert_allclose(plain, ENCODER.encode([text])[0], atol=1e-5)


@pytest.mark.parametrize(
    ("brief", "subject"),
    [
        ("Q3 campaign, TBC, deliverables: 2 reels + 3 stories, skincare", "skincare"),
        ("hiking boots / NDA and contract to follow / usage rights 6 months / deadline TBD", "hiking boots"),
        ("第三季檔期，寵物食品，授權6個月，報價待確認", "寵物食品"),
        ("Q4, 3 story gắn link, chờ khách duyệt, đồ chơi trẻ em, thanh toán sau 30 ngày", "đồ chơi trẻ em"),
        ("ไตรมาส 3 รออนุมัติ อาหารแมว 2 โพสต์ 3 สตอรี่ สิทธิ์การใช้งาน 6 เดือน", "อาหารแมว"),
    ],
)
def test_paperwork_counts_less_than_the_subject(brief: str, subject: str) -> None:
    begin = brief.index(subject)
    inside = weights_of(brief, subject)
    beside = [w.weight for w in subject_words(brief) if w.end <= begin or w.start >= begin + len(subject)]
    assert np.mean(inside) > 0.6
    assert np.mean(inside) > 2 * np.mean(beside)


@pytest.mark.parametrize("brief", ["surfing 2 15/11 50,000", "衝浪 3 500", "lướt sóng 20 7.5", "โต้คลื่น ๓ ๒๐"])
def test_numbers_by_themselves_hardly_count(brief: str) -> None:
    numbers = [w.weight for w in subject_words(brief) if not any(map(str.isalpha, brief[w.start : w.end]))]
    assert len([w for w in numbers if w <= NUMBER]) >= 2
    assert subject_text("surfing 2 15/11 50,000") == "surfing"


def test_a_number_that_is_part_of_a_name_counts_as_the_name_does() -> None:
    assert all(w.weight > 0.5 for w in subject_words("PS5 2NE1"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("looking for creators", []),
        ("我們在找創作者", []),
        ("tìm KOL", []),
        ("หาครีเอเตอร์", []),
        ("need influencers for our next campaign, Q3, deliverables TBC", []),
        ("coffee", ["coffee"]),
        ("looking for creators who post about surfing", ["surfing"]),
        ("我們在找分享露營的創作者", ["露營"]),
        ("🏄", ["🏄"]),
        ("", []),
        ("12 / 2026", []),
    ],
)
def test_names_of_subjects(text: str, names: list[str]) -> None:
    assert [name.strip() for name in subject_names(text)] == names
