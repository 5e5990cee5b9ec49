"""The page on the command line is the help text of every command."""

from pathlib import Path

from matcher.apps.cli.help import help_page

PAGE = Path(__file__).parents[3] / "docs" / "cli.md"


def test_the_page_is_what_the_commands_say() -> None:
    way = "python -m matcher.apps.cli.help > docs/cli.md"
    assert PAGE.read_text("utf-8") == help_page(), f"docs/cli.md is behind; rewrite it with: {way}"


def test_every_command_has_an_example() -> None:
    page = PAGE.read_text("utf-8")
    from matcher.apps.cli.main import COMMANDS

    for name in COMMANDS:
        section = page.split(f"## matcher {name}\n")[1].split("\n## ")[0]
        assert "Example:" in section and f"  matcher {name}" in section
