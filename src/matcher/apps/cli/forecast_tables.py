"""Forecasts on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matcher.records.forecast import ExpectedCount, Forecast, Forecasts


def print_forecasts(found: Forecasts) -> None:
    """One table per creator."""
    from matcher.apps.cli.tables import console

    for number, entry in enumerate(found.entries):
        name = f"{entry.display_name or ''} ({entry.creator_id})".strip()
        console().print(Text(f"{chr(10) if number else ''}{name}", style="bold"))
        console().print(Padding(forecast_table(entry.forecasts), (0, 0, 0, 3), expand=False))


def forecast_table(forecasts: Sequence[Forecast]) -> Table:
    """A line for each count that can be foretold of the next post on each platform, in each format."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for side in ("left", "left", "right", "left"):
        table.add_column(justify=side, no_wrap=True)
    table.add_column(overflow="fold")
    for forecast in forecasts:
        where = " ".join(filter(None, [forecast.platform, forecast.format])) or "platform not known"
        for what, count in (("views", forecast.views), ("engagements", forecast.engagements)):
            if count is None:
                table.add_row(escape(where), what, "–", "", "Nobody on the platform shows this count.")
            else:
                table.add_row(escape(where), what, f"{count.expected:,}", _between(count), count.note)
    return table


def _between(count: ExpectedCount) -> str:
    """The interval, with the mark of what is not known of the creator itself."""
    low, high = count.interval
    return f"{low:,} to {high:,}{' ∅' if count.status == 'absent' else ''}"
