import pytest

from matcher.text import normalise_language, resolve_chinese


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en-US", "en"),
        ("EN", "en"),
        ("en_GB", "en"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh_CN", "zh-Hans"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-hans", "zh-Hans"),
        ("zh", "zh"),
        ("zho", "zh"),
        ("yue", "zh-Hant"),
        ("vie", "vi"),
        ("tha", "th"),
        ("fil", "tl"),
        ("in", "id"),
        ("es-419", "es"),
        ("und", None),
        ("zxx", None),
        ("", None),
        (None, None),
        ("klingon", None),
        ("12", None),
        ("zh-SG", "zh-Hans"),
        ("th ", "th"),
    ],
)
def test_normalise_language(code: str | None, expected: str | None) -> None:
    assert normalise_language(code) == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("zh", "這個很好", "zh-Hant"),
        ("zh", "这个很好", "zh-Hans"),
        ("zh", "中文", "zh-Hant"),
        ("zh-CN", "這個很好", "zh-Hans"),
        ("vi", "這個", "vi"),
        (None, "這個", None),
    ],
)
def test_resolve_chinese(code: str | None, text: str, expected: str | None) -> None:
    assert resolve_chinese(code, text) == expected
