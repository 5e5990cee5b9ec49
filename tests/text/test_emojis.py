import emoji
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import emoji_in


def test_emoji_come_whole_and_in_order() -> None:
    assert emoji_in(["吃 😋😋 👩‍👧🏽 🇹🇼 1️⃣ ❤️ ok", "plain #1", "好"]) == [["😋", "😋", "👩‍👧🏽", "🇹🇼", "1️⃣", "❤️"], [], []]


@given(st.lists(st.sampled_from(sorted(e for e, data in emoji.EMOJI_DATA.items() if data["status"] == 2)), max_size=5))
def test_the_same_as_the_emoji_package(listed: list[str]) -> None:
    text = " x ".join(e for e in listed if e not in "©️®️™️")
    assert emoji_in([text])[0] == [found["emoji"] for found in emoji.emoji_list(text)]
