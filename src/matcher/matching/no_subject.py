"""
A brief that names no subject: "looking for creators, 10k+ followers" could be met by anybody.

Something is nearest to any text, so such a brief gets a shortlist like any other. It is told that its text does not say
what the creators should post about, and which conditions it names in words alone, for nobody is left out by those.
"""

from __future__ import annotations

import re

from matcher.records import Brief
from matcher.records.said import Said, Term, listed, say
from matcher.retrieval.subject import subject_names
from matcher.text import clean, focus
from matcher.understanding import Understood, parse_brief

FEW = 3
"""With more names of a subject than this nobody looks whether all of them are conditions."""
_CONDITIONS = ("must.", "should.", "must_not.", "budget", "target_audience.country")
"""Fields whose words are no subject; genders, ages and goals may belong to one."""
_WHERE = re.compile(r"(?:\b(?:in|at|on|from|with|ở|tại|trên|từ|có)\s+|在|ใน|ที่|บน)$", re.IGNORECASE)
"""A little word that leads a condition."""


def subject_warnings(brief: Brief, whole: str) -> list[Said]:
    """
    Warnings where neither the text of a brief nor the description of its brand names a subject, else none.

    `whole` is what is searched for. A place or a platform alone is a condition, and no subject.
    """
    if len(subject_names(whole)) > FEW:
        return []
    heard = parse_brief(brief.text)
    if subject_names(_without_conditions(brief, heard)):
        return []
    said = [
        say(
            "the text names no subject: relevance hardly tells creators apart, and the order rests on the other "
            "signals; add what they should post about, such as a product, a hobby or a topic"
        )
    ]
    stated = {(part, name) for part in ("must", "should") for name in getattr(brief, part).given()}
    left = [part for part in heard.understood if part.field.startswith(("must.", "should."))]
    left = [part for part in left if tuple(part.field.split(".")[:2]) not in stated]
    if left:
        said.append(
            say(
                "the text names conditions that no field of the brief states, so nobody is left out by them: {words}; "
                "state them in {fields}",
                words=listed(dict.fromkeys(part.words for part in left)),
                fields=listed(Term(field, "place") for field in dict.fromkeys(part.field for part in left)),
            )
        )
    return said


def _without_conditions(brief: Brief, heard: Understood) -> str:
    """The text without the words that conditions were read from, and the description of the brand."""
    left = list(brief.text)
    for part in heard.understood:
        if part.field.startswith(_CONDITIONS):
            led = _WHERE.search(brief.text, 0, part.start)
            start = led.start() if led else part.start
            left[start : part.end] = " " * (part.end - start)
    [text] = focus(clean(["".join(left)]))
    return f"{text}\n{brief.brand.description or ''}"
