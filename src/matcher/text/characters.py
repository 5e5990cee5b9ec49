"""
Character classes for regular expressions, written once: emoji, words of each writing system, invisible characters.

`re` knows no scripts and counts combining marks (Thai and Indic vowel signs) as punctuation, so the ranges stand here.
Ranges follow the Unicode 16 block chart and `emoji-data.txt` (Extended_Pictographic).
"""

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
BOPOMOFO = "\u3105-\u312f\u31a0-\u31bf"
HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
LAO = "\u0e81-\u0ece\u0edc-\u0edf"
MYANMAR = "\u1000-\u1049\u1050-\u109f"
KHMER = "\u1780-\u17d3\u17dd"

SYLLABIC = THAI + LAO + MYANMAR + KHMER
"""Alphabets written without spaces: a letter says less than a Chinese character."""

UNSPACED = HAN + KANA + BOPOMOFO + SYLLABIC
"""Writing systems that put no spaces between words."""

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903"
    "\u093a-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70-\u0a75"
    "\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83"
    "\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0d81-\u0d83\u0dca-\u0df3"
)
"""Combining marks of scripts that do put spaces between words (Latin, Hebrew, Arabic, the Indic scripts)."""

TAG = (
    r"\w" + MARKS + "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u1056-\u109d\u17b4-\u17d3\u200c\u200d\u00b7\u30fb"
)
"""What may stand in a hashtag: word characters, their marks, joiners and the middle dot."""

PICTOGRAPH = (
    "\u203c\u2049\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u2388\u23cf\u23e9-\u23f3\u23f8-\u23fa"
    "\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2605\u2607-\u2612\u2614-\u2685\u2690-\u2705\u2708-\u2712"
    "\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763-\u2767\u2795-\u2797"
    "\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f0ff\U0001f10d-\U0001f10f\U0001f12f\U0001f16c-\U0001f171\U0001f17e\U0001f17f\U0001f18e"
    "\U0001f191-\U0001f19a\U0001f201-\U0001f20f\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f249-\U0001f3fa"
    "\U0001f400-\U0001f64f\U0001f680-\U0001f6ff\U0001f774-\U0001f77f\U0001f7d5-\U0001f7ff\U0001f80c-\U0001f8ff"
    "\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001faff"
)
"""Pictographs that people read as emoji; ©, ® and ™ are left out, they are typed as text."""

SKIN = "\U0001f3fb-\U0001f3ff"
FLAG = "\U0001f1e6-\U0001f1ff"

_ONE = f"[{PICTOGRAPH}](?:\ufe0f|[{SKIN}])?"
EMOJI = f"(?:[{FLAG}]{{2}}|[0-9#*]\ufe0f?\u20e3|{_ONE}(?:[\U000e0020-\U000e007e]+\U000e007f|(?:\u200d{_ONE})*))"
"""One emoji as people see it: a flag, a keycap, a pictograph with its skin tone and everything joined to it."""

URL = r"(?:https?://|www\.)[^\s<>\"'、。，！？（）「」『』【】]+"
HASHTAG = rf"[#＃](?<![\w&/][#＃])(?=[{TAG}]*[^\W\d_])[{TAG}]+"
MENTION = r"[@＠](?<![\w.@＠][@＠])(?=[\w.]*[A-Za-z0-9_])[\w.\-]*\w"

BLANK = "\u2800\u3164\uffa0\u115f\u1160"
"""Blank letters that captions use to keep empty lines; white space beside what `str.split` takes for it."""

INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
)
"""Controls, bidi marks and overrides, zero-width characters and lone surrogates; the two joiners are judged apart."""
