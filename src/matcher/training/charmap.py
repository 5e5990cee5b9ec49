"""
One pass over the characters: punctuation to space, joiners and skin tones away, Traditional Chinese to Simplified.

NFKC and lower case come before it. Accents are never touched: in Vietnamese and Thai they are the word. Writing both
Chinese scripts with one set of characters lets each learn from the other's pairs, and halves their share of the table.
"""

import gzip
import tempfile
import unicodedata
from pathlib import Path

SPACE = " "
KEPT_SYMBOLS = frozenset("+$€£¥%")
SKIN_TONES = range(0x1F3FB, 0x1F400)
EMOJI_BLOCKS = (range(0x1F000, 0x1FB00), range(0x2600, 0x27C0), range(0x2B05, 0x2B56), range(0x2300, 0x2400))


def is_emoji(character: str) -> bool:
    """Whether a character lies in the blocks that hold emoji (skin tones aside)."""
    code = ord(character)
    return code not in SKIN_TONES and any(code in block for block in EMOJI_BLOCKS)


def _rule(character: str) -> str | None:
    """What a character becomes, or None when it stays."""
    category = unicodedata.category(character)
    if ord(character) in SKIN_TONES or category == "Cf" or 0xFE00 <= ord(character) <= 0xFE0F:
        return ""
    if character == SPACE or character in KEPT_SYMBOLS or is_emoji(character):
        return None
    return SPACE if category[0] in "PSZ" or category in {"Cc", "Co"} else None


def rules(to_simplified: dict[str, str]) -> dict[str, str]:
    """Every character that changes, with what it becomes (a space, nothing, or a Simplified character)."""
    table = dict(to_simplified)
    for code in range(1, 0x1FB00):
        character = chr(code)
        if 0xD800 <= code < 0xE000 or (target := _rule(character)) is None:
            continue
        table[character] = target
    return table


def simplified_characters() -> dict[str, str]:
    """Traditional to Simplified Chinese, character by character, from OpenCC's table as `wordfreq` carries it."""
    import msgpack  # type: ignore[import-untyped, unused-ignore]
    import wordfreq

    path = Path(wordfreq.__file__).parent / "data" / "_chinese_mapping.msgpack.gz"
    mapping = msgpack.unpackb(gzip.decompress(path.read_bytes()), strict_map_key=False)
    pairs = ((chr(int(source)), target) for source, target in mapping.items())
    return {source: target for source, target in pairs if source != target and len(target) == 1}


def compile_charmap(table: dict[str, str]) -> bytes:
    """SentencePiece's compiled form of a table of characters, as `tokenizers.normalizers.Precompiled` reads it."""
    import sentencepiece

    with tempfile.TemporaryDirectory() as folder:
        rule_file = Path(folder, "rules.tsv")
        lines = (f"{ord(a):X}\t{' '.join(f'{ord(c):X}' for c in b)}" for a, b in sorted(table.items()))
        rule_file.write_text("\n".join(lines) + "\n")
        corpus = Path(folder, "corpus.txt")
        corpus.write_text("a b c d e f g\n" * 20)
        sentencepiece.SentencePieceTrainer.train(
            input=str(corpus), model_prefix=str(Path(folder, "m")), model_type="char", vocab_size=11,
            normalization_rule_tsv=str(rule_file), hard_vocab_limit=False, minloglevel=2,
        )  # fmt: skip
        return _charmap_of(Path(folder, "m.model").read_bytes())


def _charmap_of(proto: bytes) -> bytes:
    """Field 3.2 (normalizer_spec.precompiled_charsmap) of a serialised SentencePiece model."""
    return dict(_fields(dict(_fields(proto))[3]))[2]


def _fields(message: bytes) -> list[tuple[int, bytes]]:
    """Length-delimited fields of a protocol buffer message; numbers of other wire types are skipped."""
    found, at = [], 0
    while at < len(message):
        key, at = _varint(message, at)
        wire = key & 7
        if wire == 2:
            size, at = _varint(message, at)
            found.append((key >> 3, message[at : at + size]))
            at += size
        elif wire == 0:
            _, at = _varint(message, at)
        else:
            at += 4 if wire == 5 else 8
    return found


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
