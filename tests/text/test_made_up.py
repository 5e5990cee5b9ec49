"""Names that somebody made up are told from words by what posts say, and by the word lists."""

import pytest

from matcher.text import made_up_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("PlantPeak sells vegan protein powder.", ["PlantPeak"], id="capitals inside"),
        pytest.param("Dewroot launches a serum for dry skin", ["Dewroot"], id="in no word list"),
        pytest.param("TrailForge ทำรองเท้าเดินป่า", ["TrailForge"], id="among Thai words"),
        pytest.param("有機 NutriPaws 狗糧", ["NutriPaws"], id="among Chinese words"),
        pytest.param("Hikers and Bakers in Taiwan", [], id="words in a list, also as plurals"),
        pytest.param("Bánh mì Saigon, Kem, Tai nghe", [], id="Vietnamese words"),
        pytest.param("GoPro clips by @DewrootTeam #TrailForge", [], id="said in posts; handles and hashtags"),
        pytest.param("dewroot", [], id="in small letters"),
    ],
)
def test_made_up_names(text: str, expected: list[str]) -> None:
    assert made_up_names(text, {"gopro", "saigon"}.__contains__) == expected


def test_each_name_once() -> None:
    assert made_up_names("Dewroot. Dewroot!", lambda word: False) == ["Dewroot"]
