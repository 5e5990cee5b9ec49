"""Emoji and hashtags carry their meaning, boilerplate does not drown a text, and whatever comes in, rows stay sound."""

import numpy as np
import pytest

from matcher.retrieval.encoders.load import load_encoder
from matcher.retrieval.encoders.protocol import Encoder
from matcher.text import clean, embedding_texts


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def ready(texts: list[str]) -> list[str]:
    """As a reindex and a match hand texts to an encoder."""
    return embedding_texts(clean(texts), None)


TOPICS = {
    "en": [
        "coffee and pastry", "street food in Taipei", "camping in the mountains", "football match results",
        "baby sleep and parenting", "dog training at home", "wedding dress and make-up", "new smartphone review",
        "yoga for a sore back", "guitar lessons for beginners", "investing for retirement", "cleaning the kitchen",
        "learning English grammar", "electric cars", "rose garden", "fishing on a lake",
    ],
    "zh-Hant": [
        "咖啡和糕點", "台北街頭小吃", "山上露營", "足球比賽結果", "嬰兒睡眠與育兒", "在家訓練狗狗", "婚紗與化妝",
        "新手機評測", "瑜伽舒緩背痛", "吉他初學課程", "退休投資", "打掃廚房", "學英文文法", "電動車",
        "玫瑰花園", "湖上釣魚",
    ],
    "vi": [
        "cà phê và bánh ngọt", "ẩm thực đường phố Đài Bắc", "cắm trại trên núi", "kết quả trận bóng đá",
        "giấc ngủ của em bé và nuôi dạy con", "huấn luyện chó tại nhà", "váy cưới và trang điểm",
        "đánh giá điện thoại mới", "yoga cho lưng đau", "học đàn guitar cho người mới", "đầu tư để nghỉ hưu",
        "dọn dẹp nhà bếp", "học ngữ pháp tiếng Anh", "xe điện", "vườn hoa hồng", "câu cá trên hồ",
    ],
    "th": [
        "กาแฟและขนมอบ", "อาหารริมทางในไทเป", "ตั้งแคมป์บนภูเขา", "ผลการแข่งขันฟุตบอล", "การนอนของทารกและการเลี้ยงลูก",
        "ฝึกสุนัขที่บ้าน", "ชุดแต่งงานและแต่งหน้า", "รีวิวโทรศัพท์ใหม่", "โยคะแก้ปวดหลัง", "เรียนกีตาร์สำหรับมือใหม่",
        "ลงทุนเพื่อเกษียณ", "ทำความสะอาดห้องครัว", "เรียนไวยากรณ์ภาษาอังกฤษ", "รถยนต์ไฟฟ้า", "สวนกุหลาบ", "ตกปลาในทะเลสาบ",
    ],
}  # fmt: skip
"""Sixteen topics, the same in each language and in the same order."""


@pytest.mark.parametrize("language", TOPICS)
@pytest.mark.parametrize(
    ("text", "topic"),
    [
        pytest.param("☕️🥐", 0, id="coffee and a croissant"),
        pytest.param("#streetfoodtaipei", 1, id="three words run together"),
        pytest.param("🏕️⛰️", 2, id="camping and a mountain"),
        pytest.param("⚽", 3, id="a football"),
        pytest.param("👶🍼", 4, id="a baby and its bottle"),
        pytest.param("🐶", 5, id="a dog"),
        pytest.param("👰💄", 6, id="a bride and a lipstick"),
        pytest.param("🎸", 9, id="a guitar"),
        pytest.param("🌹", 14, id="a rose"),
        pytest.param("#electriccars", 13, id="two words run together"),
        pytest.param("#dogtraining", 5, id="a trade"),
    ],
)
def test_emoji_and_hashtags_find_their_topic_first(encoder: Encoder, language: str, text: str, topic: int) -> None:
    similarity = (encoder.encode(ready([text])) @ encoder.encode(ready(TOPICS[language])).T)[0]
    assert int(np.argmax(similarity)) == topic
    assert similarity[topic] > 0.25


@pytest.mark.parametrize("language", TOPICS)
@pytest.mark.parametrize(
    ("tag", "topic"),
    [
        pytest.param("#台北街頭小吃", 1, id="Chinese"),
        pytest.param("#cắmtrạitrênnúi", 2, id="Vietnamese"),
        pytest.param("#โยคะแก้ปวดหลัง", 8, id="Thai"),
    ],
)
def test_hashtags_of_every_script(encoder: Encoder, language: str, tag: str, topic: int) -> None:
    similarity = (encoder.encode(ready([tag])) @ encoder.encode(ready(TOPICS[language])).T)[0]
    assert int(np.argmax(similarity)) == topic


BOILERPLATE = {
    "en": " Follow me for more! Link in bio. Like, comment and share, and turn on notifications. DM for collabs.",
    "zh-Hant": " 喜歡的話記得追蹤我、按讚、留言加分享，開啟小鈴鐺！合作請私訊，連結在個人檔案。",
    "vi": " Nhớ theo dõi mình, thả tim, bình luận và chia sẻ nhé! Link ở bio. Hợp tác vui lòng nhắn tin.",
    "th": " อย่าลืมกดติดตาม กดไลก์ คอมเมนต์ และแชร์ด้วยนะ ลิงก์อยู่ในไบโอ ติดต่องานทักแชท",
}
SAID = {
    "en": "Three days of camping in the mountains with a new tent, a campfire and rain.",
    "zh-Hant": "上山露營三天，新帳篷、營火，還下了雨。",
    "vi": "Ba ngày cắm trại trên núi với lều mới, lửa trại và mưa.",
    "th": "ตั้งแคมป์บนภูเขาสามวัน เต็นท์ใหม่ กองไฟ และฝน",
}


@pytest.mark.parametrize("language", TOPICS)
def test_boilerplate_does_not_drown_a_caption(encoder: Encoder, language: str) -> None:
    post = SAID[language] + BOILERPLATE[language] + " #fyp #viral #foryou #instagood"
    for briefs in TOPICS.values():
        similarity = (encoder.encode(ready([post])) @ encoder.encode(ready(briefs)).T)[0]
        assert int(np.argmax(similarity)) == 2


ODD = {
    "empty": "",
    "blank": " \n\t\u3000",
    "one emoji": "🔥",
    "a hundred thousand characters": "cà phê 咖啡 กาแฟ " * 6_000,
    "a hundred thousand of one letter": "x" * 100_000,
    "a hundred thousand unbroken Thai characters": "กาแฟ" * 25_000,
    "control characters": "\x00\x01\x1b[31mtea\x07\x7f",
    "right to left": "مرحبا بالعالم שלום עולם",
    "overrides of direction": "\u202etea\u202c \u2066cake\u2069",
    "mixed scripts": "tea 茶 ชา chè чай お茶 차 🍵",
    "Zawgyi": "ေက်းဇူးတင္ပါတယ္",
    "windows-874 read as Latin": "¡ÒàÀ",
    "only URLs": "https://a.example/x?y=1 www.b.example http://c.example",
    "only hashtags": "#fyp #viral #สาย #台北",
    "only a mention": "@someone",
    "half a surrogate pair": "tea \ud83d",
    "combining marks alone": "\u0301\u0300\u0e31\u0e49",
    "private use and unassigned": "\ue000\U000f0000\u0378",
    "joiners alone": "\u200d\u200b\ufeff",
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("prepared", [False, True], ids=["raw", "as a reindex gives it"])
def test_rows_are_finite_and_of_length_one_or_nothing(encoder: Encoder, kind: str, prepared: bool) -> None:
    text = ready([ODD[kind]])[0] if prepared else ODD[kind]
    row = encoder.encode([text])[0]
    length = np.linalg.norm(row)
    assert np.isfinite(row).all()
    assert length == pytest.approx(1.0, abs=1e-5) or not row.any()


def test_odd_texts_in_one_batch_are_what_they_are_alone(encoder: Encoder) -> None:
    texts = [*ODD.values(), "tea"]
    together = encoder.encode(texts)
    np.testing.assert_allclose(together, np.stack([encoder.encode([text])[0] for text in texts]), atol=1e-6)
    assert together[-1].any()


@pytest.mark.parametrize("kind", ["empty", "blank", "only URLs", "joiners alone", "private use and unassigned"])
def test_nothing_said_is_a_row_of_zeros(encoder: Encoder, kind: str) -> None:
    assert not encoder.encode([ODD[kind]]).any()


@pytest.mark.parametrize("kind", ["one emoji", "only hashtags", "mixed scripts", "control characters"])
def test_something_said_has_a_direction(encoder: Encoder, kind: str) -> None:
    assert encoder.encode(ready([ODD[kind]])).any()


def test_nothing_is_unknown(encoder: Encoder) -> None:
    from matcher.retrieval.encoders.static import StaticEncoder

    assert isinstance(encoder, StaticEncoder)
    counts = encoder.posts_with_token([*ODD.values(), *(text for texts in TOPICS.values() for text in texts)])
    assert counts[0] == 0, "row 0 is <unk>; bytes stand in for whatever has no token"
