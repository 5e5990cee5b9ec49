"""A bare `zh` made precise: traditional or simplified, by the characters of the text it came with."""

from matcher.text.codes import normalise_language
from matcher.text.scripts import Script, script_counts


def resolve_chinese(code: str | None, text: str) -> str | None:
    """
    Return the code in its normal form, with a bare `zh` resolved to `zh-Hant` or `zh-Hans` by the text.

    A text that does not tell them apart gives `zh-Hant`, the script of the markets where the code is used bare here.
    """
    language = normalise_language(code)
    if language != "zh":
        return language
    counts = script_counts([text])[0]
    traditional = counts[[Script.TRADITIONAL, Script.CANTONESE, Script.BOPOMOFO]].sum()
    return "zh-Hans" if counts[[Script.SIMPLIFIED, Script.SHINJITAI]].sum() > traditional else "zh-Hant"
