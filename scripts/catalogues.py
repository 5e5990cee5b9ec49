"""
Bring the page's catalogues up to date: texts out of templates and code into `.po`, and `.po` into `.mo`.

    python scripts/catalogues.py

Beside the texts of the page these are the sentences of the engine: the templates given to `say` and `say_n` anywhere
in src/matcher. Run it after a text of the page or a sentence of the engine was changed, translate what is new in the
locale folder of src/matcher/apps/pages, and run it again. A test fails while a text has no translation, or a `.mo` is
older than its `.po`.
"""

import io
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ENGINE = Path(__file__).parents[1] / "src" / "matcher"
ROOM = ENGINE / "apps" / "pages"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None}
SAID = {"say": None, "say_n": (1, 2), "template": None}


def extracted(room: Path = ROOM) -> Catalog:
    """Every text of the page, and every sentence of the engine, that is to be translated; a broken template raises."""
    template = Catalog(project="matcher", charset="utf-8")
    html = {"**.html": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}  # a broken one is an error
    for name, line, message, comments, context in (
        *extract_from_dir(room, METHODS, html, keywords=KEYWORDS),
        *extract_from_dir(ENGINE, METHODS[:1], keywords=SAID),
    ):
        template.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return template


def sentences() -> Catalog:
    """The templates of the engine's sentences alone."""
    found = Catalog()
    for name, line, message, _, _ in extract_from_dir(ENGINE, METHODS[:1], keywords=SAID):
        found.add(message, locations=[(name, line)])
    return found


def read(path: Path) -> Catalog:
    """A catalogue as it is in the project."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as the page reads it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Update and compile every catalogue, and say what is still to be translated."""
    template = extracted()
    for path in sorted(ROOM.glob("locale/*/LC_MESSAGES/pages.po")):
        catalogue = read(path)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, no_location=True, omit_header=False, sort_output=True)
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        missing = [message.id for message in catalogue if message.id and not all(_texts(message.string or ""))]
        print(f"{path.parents[1].name}: {len(catalogue)} texts, {len(missing)} to translate {missing[:5]}")


def _texts(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string


if __name__ == "__main__":
    main()
