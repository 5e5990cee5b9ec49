"""The model card names every source and shows every figure."""

from matcher.training.card import write_card


def test_card() -> None:
    sources = [("wiki/words", "CC-BY-SA-3.0", 1200), ("map/shops", "ISC", 34)]
    card = write_card(
        "toy", ["en", "th"], (10, 4), sources, {"topics": {"en": 0.8125, "th": 0.5}, "mates": {"th": 0.25}}
    )
    assert "| wiki/words | CC-BY-SA-3.0 | 1,200 |" in card
    assert "1,234 translation pairs" in card
    assert "| topics | 0.812 | 0.500 |" in card
    assert "| mates | – | 0.250 |" in card
    assert "## Limits" in card
