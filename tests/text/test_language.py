import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import detect_languages
from matcher.text.language import HASHTAGS_ONLY


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("今天去台北吃小吃，真的很好吃", "zh-Hant"),
        ("今天去北京吃小吃，这个真的很好吃", "zh-Hans"),
        ("今日去食嘢，啲點心好好味㗎", "zh-Hant"),
        ("今天去吃ramen, Taipei best noodle shop 開箱", "zh-Hant"),
        ("鮮の味 開箱評測", "zh-Hant"),
        ("今日は友達とラーメンを食べました", "ja"),
        ("新商品発売開始", "ja"),
        ("오늘은 친구랑 떡볶이를 먹었어요", "ko"),
        ("Hôm nay mình đi ăn phở ở Hà Nội", "vi"),
        ("Đi chợ", "vi"),
        ("วันนี้ไปกินก๋วยเตี๋ยว", "th"),
        ("รีวิว iPhone 15 Pro Max ดีไหม", "th"),
        ("ມື້ນີ້ກິນເຝີ", "lo"),
        ("ថ្ងៃនេះ", "km"),
        ("We went to the night market and tried everything", "en"),
        ("Resep ayam goreng yang enak sekali untuk keluarga di rumah", "id"),
        ("Hoy fuimos al mercado con mi familia y comimos muy rico", "es"),
        ("Сегодня мы пошли на рынок", "ru"),
        ("आज हम बाज़ार गए थे", "hi"),
        ("ذهبنا اليوم إلى السوق", "ar"),
    ],
)
def test_language(text: str, language: str) -> None:
    (found,), confidence = detect_languages([text])
    assert found == language
    assert 0.25 < confidence[0] <= 1.0


@pytest.mark.parametrize("text", ["", "😀😀", "https://x.co/abc", "@somebody", "123 !!!", " \n"])
def test_no_letters_no_language(text: str) -> None:
    (found,), confidence = detect_languages([text])
    assert found is None
    assert confidence[0] == 0.0


def test_hashtags_alone_are_judged_by_their_words_and_never_surely() -> None:
    found, confidence = detect_languages(
        ["#เที่ยวไทย #กินข้าว #อร่อยมาก", "#ẩmthực #dulịch #ănngon", "#台灣美食 #夜市 #開箱"]
    )
    assert found == ["th", "vi", "zh-Hant"]
    assert (confidence > 0.2).all()
    assert (confidence <= HASHTAGS_ONLY).all()


def test_hashtags_do_not_decide_where_there_are_words() -> None:
    found, _ = detect_languages(["Hôm nay ăn phở ngon lắm #foodie #streetfood #instagood #travel #love"])
    assert found == ["vi"]


def test_longer_is_surer() -> None:
    words = "gizli bahçe çok güzel bir yer ve herkes orada mutlu".split()
    _, confidence = detect_languages([" ".join(words[:2]), " ".join(words)])
    assert confidence[0] < confidence[1] - 0.2


def test_characters_of_both_norms_leave_doubt() -> None:
    found, confidence = detect_languages(["小心火山", "臺灣這個地方很棒"])
    assert found == ["zh-Hant", "zh-Hant"]
    assert confidence[0] < 0.5 < confidence[1]


@given(st.lists(st.text(st.one_of(st.characters(), st.sampled_from("台灣这ơเのa# @"))), max_size=8))
def test_a_text_is_judged_alone(texts: list[str]) -> None:
    found, confidence = detect_languages(texts)
    assert len(found) == len(confidence) == len(texts)
    assert all((language is None) == (sure == 0.0) for language, sure in zip(found, confidence, strict=True))
    assert ((confidence >= 0) & (confidence <= 1)).all()
    again, sure_again = detect_languages(texts[::-1])
    assert again == found[::-1]
    assert sure_again[::-1] == pytest.approx(confidence, abs=1e-4)
