"""The words of conditions are left out of what is searched for; all others stay, in order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding import without_conditions
from tests.understanding.texts import TEXTS


def left(text: str) -> str:
    """What is left of a text, white space and punctuation aside."""
    [kept] = without_conditions([text])
    return " ".join(re.findall(r"[\w\u0e00-\u0e7f]+", kept))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vegan cooks, 10k–100k followers, women aged 18-34. Budget US$5,000.", "Vegan cooks women"),
        ("Hikers on Instagram and TikTok, engagement rate above 3%", "Hikers"),
        ("Home bakers, max $300 per post, total budget US$8,000", "Home bakers"),
        ("Moms in their 30s in Vietnam who bake", "Moms in Vietnam who bake"),
        ("skincare, TW, IG, 10k+", "skincare"),
        ("找美妝KOL，5萬粉以上", "找美妝KOL"),
        ("烘焙創作者，粉絲1萬到10萬，25到40歲女性，預算15萬元台幣", "烘焙創作者 女性"),
        ("Người tập gym, từ 10k đến 100k người theo dõi, nữ 18-34 tuổi. Ngân sách 50 triệu đồng", "Người tập gym nữ"),
        ("สายเดินป่า ผู้ติดตาม 1 หมื่นถึง 1 แสน อายุ 18-34 ปี งบประมาณ 50,000 บาท", "สายเดินป่า"),
    ],
)
def test_numbers_money_sizes_and_platforms_go(text: str, expected: str) -> None:
    assert left(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bars in Taipei, no gambling", "Bars in Taipei"),
        ("Street food in Taipei, no wine", "Street food in Taipei"),
        ("Skin care in Singapore, no alcohol, no gambling.", "Skin care in Singapore"),
        ("Quán bar và rượu vang, loại trừ cá cược", "Quán bar và rượu vang"),
        ("สายท่องเที่ยวญี่ปุ่นและอาหาร ไม่รับแอลกอฮอล์", "สายท่องเที่ยวญี่ปุ่นและอาหาร"),
        ("Craft beer lovers", "Craft beer lovers"),
        ("分享台北酒吧，不要賭博", "分享台北酒吧"),
    ],
)
def test_what_nobody_should_stand_beside_goes_and_a_subject_stays(text: str, expected: str) -> None:
    assert left(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We sell a budget travel app for under 500 dollars; creators who post about hostels",
            "We sell a budget travel app; creators who post about hostels",
        ),
        ("平價旅行App，500元以下，找分享青年旅館的創作者", "平價旅行App，找分享青年旅館的創作者"),
        ("App du lịch giá rẻ dưới 500 nghìn đồng, tìm người nói về hostel", "App du lịch giá rẻ, tìm người nói về hostel"),
        ("แอปเที่ยวประหยัด ไม่เกิน 500 บาท หาคนที่โพสต์เรื่องโฮสเทล", "แอปเที่ยวประหยัด หาคนที่โพสต์เรื่องโฮสเทล"),
        ("Our $30 serum, for women (10k+ followers), has 12 ingredients", "Our serum, for women, has 12 ingredients"),
        ("Vegan cooks, 10k–100k followers, TikTok, in Hanoi. Budget $5,000. Please write.", "Vegan cooks, in Hanoi. Please write."),
    ],
)  # fmt: skip
def test_the_product_stays_and_nothing_is_half_removed(text: str, expected: str) -> None:
    assert without_conditions([text]) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Instagram-worthy cafes in Hanoi",
        "適合IG打卡的咖啡廳",
        "Quán cà phê sống ảo Instagram ở Hà Nội",
        "คาเฟ่น่าถ่ายลงIGในฮานอย",
        "TikTok dances and YouTube tutorials about the history of Facebook",
        "We sell on our Instagram",
        "Non-alcoholic beer with no alcohol at all",
        "無酒精飲料，不要酒精",
        "Bia không cồn và rượu vang, không rượu",
        "เบียร์ไร้แอลกอฮอล์ ไม่รับแอลกอฮอล์",
        "Our anti-gambling charity says no gambling",
        "An alcohol-free bar for everybody who dances, no alcohol",
        "Toner with no alcohol",
        "I lost 20 pounds in spring",
        "Cheese aged 18 months",
        "Our 12 fans keep a room cool",
    ],
)
def test_what_looks_like_a_condition_and_is_the_subject_stays(text: str) -> None:
    assert without_conditions([text]) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Home bakers, no shops or brands, 10k+ followers", "Home bakers"),
        ("登山創作者，不要店家或品牌帳號，粉絲1萬以上", "登山創作者"),
        ("登山創作者，店家勿擾", "登山創作者"),
        ("Người leo núi, không phải shop bán hàng nhé", "Người leo núi"),
        ("สายเดินป่า ไม่ใช่เพจร้าน ผู้ติดตาม 1 หมื่นขึ้นไป", "สายเดินป่า"),
        ("A travel app for shop owners, no shops", "A travel app for shop owners"),
        ("A POS app for small shops; people who run a store, no brands", "A POS app for small shops; people who run a store"),
    ],
)  # fmt: skip
def test_accounts_that_are_not_wanted_go(text: str, expected: str) -> None:
    assert without_conditions([text]) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hikers who have posted in the past two weeks and love tea", "Hikers and love tea"),
        ("Hikers, last post within 10 days, on TikTok", "Hikers"),
        ("Hikers whose latest post is at most 30 days old.", "Hikers."),
        ("近30天有發文的登山客", "登山客"),
        ("登山客，最後發文在30天內", "登山客"),
        ("Leo núi, bài đăng gần nhất trong vòng 30 ngày", "Leo núi"),
        ("สายเดินป่า โพสต์ล่าสุดไม่เกิน 30 วัน ไม่เอาร้านค้า", "สายเดินป่า"),
    ],
)
def test_how_lately_one_posted_goes(text: str, expected: str) -> None:
    assert without_conditions([text]) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Làm đẹp, không TikTok, Instagram thôi", "Làm đẹp"),
        ("Skin care, not on TikTok or YouTube, Instagram only", "Skin care"),
        ("保養，不要TikTok，IG就好", "保養"),
        ("Dance classes, no TikTok dances", "Dance classes, no TikTok dances"),
    ],
)
def test_platforms_that_are_not_wanted_go_and_those_that_alone_are(text: str, expected: str) -> None:
    assert without_conditions([text]) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "A travel app for shop owners",
        "Coffee for people who have no shops nearby",
        "We are not a brand, we are a shop for hikers",
        "Not a shop but a guide to hiking",
        "Recipes posted in the last 10 days of Ramadan",
        "開一家店家都想要的咖啡店",
        "One reel a week for two weeks",
    ],
)
def test_shops_and_days_that_are_the_subject_stay(text: str) -> None:
    assert without_conditions([text]) == [text]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("Yoga, no alcohol, gambling or tobacco, 10k+ followers", "Yoga", id="a clause of its own"),
        pytest.param("beauty, US, IG, 10k+, no wine", "beauty", id="terse"),
        pytest.param("台北餐廳美食，不要酒", "台北餐廳美食", id="zh"),
        pytest.param("món ngon, không rượu bia", "món ngon", id="vi"),
        pytest.param("ร้านอาหาร ไม่เอาเหล้า", "ร้านอาหาร", id="th"),
        pytest.param("no alcohol drinks", "no alcohol drinks", id="in the middle of one"),
        pytest.param("no wine", "no wine", id="nothing else is said"),
    ],
)
def test_what_is_kept_away_goes_where_it_is_a_clause_of_its_own(text: str, kept: str) -> None:
    assert without_conditions([text]) == [kept]


WORDS = (
    "budget cheap hostels followers creators influencers engagement rate aged women moms alcohol gambling beer dollars "
    "serum Hanoi photography drinking 預算 旅行 粉絲 創作者 酒精 賭博 女性 年齡 保養 ngân sách du lịch người theo "
    "dõi rượu bia phụ nữ tuổi งบประมาณ ท่องเที่ยว ผู้ติดตาม แอลกอฮอล์ ผู้หญิง อายุ ครีม , . ; และ and with for"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_without_figures_platforms_and_exclusions_a_text_is_returned_unchanged(words: list[str]) -> None:
    text = " ".join(words)
    assert without_conditions([text]) == [text]


@pytest.mark.parametrize(
    "text",
    ["Teens who dance", "Vietnamese street food", "Top 10 hikes in 3 days", "24 hours of Le Mans", "1000 種植物"],
)
def test_what_may_be_a_subject_stays(text: str) -> None:
    assert without_conditions([text]) == [text]


@pytest.mark.parametrize("text", ["10k followers or more", "YouTube", ""])
def test_a_text_of_conditions_alone_stays_as_it_is(text: str) -> None:
    assert without_conditions([text]) == [text]


@pytest.mark.parametrize("text", [text for text, _ in TEXTS])
def test_words_stay_in_order(text: str) -> None:
    assert _is_within(left(text).replace(" ", ""), text)


@given(st.text(max_size=200))
def test_nothing_is_added_to_any_text(text: str) -> None:
    [kept] = without_conditions([text])
    assert _is_within(kept.replace(" ", ""), text)


def _is_within(part: str, whole: str) -> bool:
    """Whether the characters of a text stand in another in the same order."""
    rest = iter(whole)
    return all(character in rest for character in part)
