"""Language codes: what tables and platforms write, as the BCP-47 codes used here."""

_TO_TWO = {
    "eng": "en", "vie": "vi", "tha": "th", "jpn": "ja", "kor": "ko", "ind": "id", "msa": "ms", "may": "ms", "zsm": "ms",
    "lao": "lo", "khm": "km", "mya": "my", "bur": "my", "fil": "tl", "tgl": "tl", "hin": "hi", "tam": "ta", "tel": "te",
    "ben": "bn", "pan": "pa", "mal": "ml", "kan": "kn", "mar": "mr", "guj": "gu", "urd": "ur", "nep": "ne", "sin": "si",
    "spa": "es", "por": "pt", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "ita": "it", "nld": "nl", "dut": "nl",
    "rus": "ru", "ukr": "uk", "ara": "ar", "fas": "fa", "per": "fa", "tur": "tr", "pol": "pl", "swe": "sv", "dan": "da",
    "nor": "no", "nob": "no", "nb": "no", "nn": "no", "fin": "fi", "ell": "el", "gre": "el", "heb": "he", "iw": "he",
    "hun": "hu", "ces": "cs", "cze": "cs", "ron": "ro", "rum": "ro", "in": "id", "zho": "zh", "chi": "zh", "cmn": "zh",
    "yue": "zh-Hant", "lzh": "zh-Hant",
}  # fmt: skip
_NOT_A_LANGUAGE = {"und", "zxx", "mul", "mis", "xx", "none", "null", "unknown"}
_TRADITIONAL = {"hant", "tw", "hk", "mo", "cht"}
_SIMPLIFIED = {"hans", "cn", "sg", "my", "chs"}


def normalise_language(code: str | None) -> str | None:
    """
    Return the BCP-47 code used here for a code as written, or None where it names no language.

    Regions are dropped (`en-US` → en); Chinese keeps its script (`zh-TW`, `zh_HK` → zh-Hant, `zh-CN` → zh-Hans), and a
    bare `zh` stays `zh` for `resolve_chinese`. ISO 639-2 and -3 codes (`vie`, `chi`) and `fil` take their short form
    (`tl` for Filipino). `und`, `zxx` and whatever has not the shape of a code give None.
    """
    if not code:
        return None
    parts = code.strip().lower().replace("_", "-").split("-")
    language = _TO_TWO.get(parts[0], parts[0])
    if language in _NOT_A_LANGUAGE or not (language.isascii() and language[:2].isalpha() and len(parts[0]) in (2, 3)):
        return None
    if language != "zh":
        return language
    for part in parts[1:]:
        if part in _TRADITIONAL:
            return "zh-Hant"
        if part in _SIMPLIFIED:
            return "zh-Hans"
    return "zh-Hant" if parts[-1] == "yue" else "zh"
