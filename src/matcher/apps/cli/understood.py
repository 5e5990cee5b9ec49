"""What a brief in words names beside its topic: said, or taken over as conditions where that is asked for."""

from __future__ import annotations

from matcher.records import Brief


def as_conditions(text: str) -> Brief:
    """The brief of a text with the conditions that its words name: countries, platforms, sizes, ages, budget."""
    from matcher.understanding import parse_brief

    return Brief.parse(parse_brief(text).brief)


def note(text: str, taken: bool) -> str:
    """One line on the conditions that a text names, taken over or not; empty where it names none."""
    from matcher.understanding import parse_brief

    heard = parse_brief(text)
    named = "; ".join(dict.fromkeys(f"{part.field} from “{part.words}”" for part in heard.understood))
    said = []
    if named and taken:
        said.append(f"Taken as conditions: {named}.")
    elif named:
        said.append(f"The text also names {named}. Its words alone were matched; --understood makes these conditions.")
    if heard.left_out and (taken or named):
        aside = "; ".join(dict.fromkeys(f"“{left.words}” ({left.reason})" for left in heard.left_out))
        said.append(f"Left aside: {aside}.")
    return " ".join(said)
