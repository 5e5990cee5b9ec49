"""The S-stemmer: a plural and its singular are one token (Harman, "How effective is suffixing?", JASIS 1991)."""


def singular(word: str) -> str:
    """
    Return a word in small letters without its plural s: stories → story, cakes → cake, dogs → dog.

    Words of three letters and fewer, and endings that are no plural (glass, virus), stay as they are.
    """
    if len(word) < 4 or word[-1] != "s" or not word.isascii():
        return word
    if word.endswith("ies"):
        return word if word[-4] in "ae" else word[:-3] + "y"
    if word[-2] in "us":
        return word
    return word[:-1]
