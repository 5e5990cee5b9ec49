"""Which languages an encoder is taken to understand."""

import pytest

from matcher.retrieval.encoders.coverage import covers, declared


@pytest.mark.parametrize(
    ("languages", "tag", "expected"),
    [
        pytest.param(["en"], "en", True, id="itself"),
        pytest.param(["en"], "en-US", True, id="a region of it"),
        pytest.param(["zh-Hant"], "zh", True, id="bare Chinese, by one of its scripts"),
        pytest.param(["zh-Hans"], "zh-Hant", False, id="the other script"),
        pytest.param(["zh-Hant"], "zh-Hant-TW", True, id="a region of a script"),
        pytest.param(["zh"], "zh-Hant", True, id="a script of bare Chinese"),
        pytest.param(["en"], "th", False, id="another language"),
        pytest.param(["ENG"], "en", False, id="no guessing"),
        pytest.param([], "en", False, id="nothing covers nothing"),
    ],
)
def test_covers(languages: list[str], tag: str, expected: bool) -> None:
    assert covers(languages, tag) is expected


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("sentence-transformers/all-MiniLM-L6-v2", "en", True),
        ("sentence-transformers/all-MiniLM-L6-v2", "th", False),
        ("intfloat/multilingual-e5-small", "th", True),
        ("BAAI/bge-m3", "vi", True),
        ("sentence-transformers/static-similarity-mrl-multilingual-v1", "vi", True),
        ("sentence-transformers/static-similarity-mrl-multilingual-v1", "th", False),
        ("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", "zh-Hant", True),
    ],
)
def test_declared(name: str, language: str, expected: bool) -> None:
    languages = declared(name)
    assert languages is not None
    assert covers(languages, language) is expected


def test_a_model_nobody_described() -> None:
    assert declared("someone/my-model") is None
