"""The command line: `matcher`. Data on stdout, everything else on stderr."""

from matcher.apps.cli.main import main

__all__ = ["main"]
