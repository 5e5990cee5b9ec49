"""Languages: the codes that are known, and how written variants become them."""

import re

_LANGUAGES = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne
    ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st
    su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    ace ady arz ast awa bal ban bar bcl bho bjn brx bug ceb chr ckb cmn crh doi dsb fil frp fur gan gom gsw hak haw
    hil hmn hsb ilo jam kab kac kbd kha kmr kok lij lmo lus mad mag mai mhr min mni mos myv nah nan nap nds new nso
    pag pam pap pcm pms raj rom rue sah sat scn sco shn skr srn syr szl tcy tet tum tyv tzm udm vec vls war wuu xmf
    yue bgc hne rwr vro sdp""".split()
)
_ALIASES = {
    "in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro", "tl": "fil", "bh": "bho", "sh": "sr", "cmn": "zh",
    "ara": "ar", "ben": "bn", "bul": "bg", "ces": "cs", "chi": "zh", "cze": "cs", "dan": "da", "deu": "de", "dut": "nl",
    "ell": "el", "eng": "en", "fas": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "gre": "el", "guj": "gu",
    "heb": "he", "hin": "hi", "hrv": "hr", "hun": "hu", "ind": "id", "ita": "it", "jpn": "ja", "kan": "kn", "khm": "km",
    "kor": "ko", "lao": "lo", "mal": "ml", "mar": "mr", "may": "ms", "msa": "ms", "mya": "my", "bur": "my", "nep": "ne",
    "nld": "nl", "nor": "no", "pan": "pa", "per": "fa", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru",
    "sin": "si", "slk": "sk", "slo": "sk", "slv": "sl", "spa": "es", "srp": "sr", "swa": "sw", "swe": "sv", "tam": "ta",
    "tel": "te", "tgl": "fil", "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi", "zho": "zh",
}  # fmt: skip
NOT_SAID = frozenset({"und", "mul", "mis", "zxx", "unknown", "undefined"})
"""Codes that say that no one language is known: read as absent, without a warning."""
_SCRIPT_OF_REGION = {"TW": "Hant", "HK": "Hant", "MO": "Hant", "CN": "Hans", "SG": "Hans", "MY": "Hans"}


def language_tag(value: str) -> str | None:
    """
    Return a BCP-47 tag in canonical case, or None where the language is not known.

    `en_us` -> `en-US`, `eng` -> `en`, `iw` -> `he`, `zh-tw` -> `zh-Hant-TW`; a bare `zh` stays `zh`.
    """
    subtags = re.split(r"[-_]", value.strip())
    if not all(re.fullmatch(r"[A-Za-z0-9]{1,8}", subtag) for subtag in subtags):
        return None
    primary = subtags[0].lower()
    primary = _ALIASES.get(primary, primary)
    if primary not in _LANGUAGES:
        return None
    rest = [_subtag(subtag) for subtag in subtags[1:]]
    if primary == "zh" and rest and rest[0] in _SCRIPT_OF_REGION:
        rest.insert(0, _SCRIPT_OF_REGION[rest[0]])
    return "-".join([primary, *rest])


def _subtag(subtag: str) -> str:
    if len(subtag) == 4 and subtag.isalpha():
        return subtag.title()
    return subtag.upper() if len(subtag) == 2 else subtag.lower()
