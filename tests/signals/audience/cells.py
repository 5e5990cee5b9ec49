"""Audiences made by hand."""

from typing import Any

import numpy as np

from matcher.signals.audience import AudienceCells

Cells = dict[tuple[str, str], float]
TW, VN, YOUNG, OLD = ("country", "TW"), ("country", "VN"), ("age", "18-24"), ("age", "25-34")
WOMEN, MEN = ("gender", "female"), ("gender", "male")
NAMES = [TW, VN, YOUNG, OLD, WOMEN, MEN]
ENDLESS = 1e12
"""So many people that the prior counts nothing."""
MEASURED, ABSENT = 3, 0


def cells_of(people: float, *creators: Cells, names: Any = NAMES) -> AudienceCells:
    """Audiences of creators, all counted on so many people."""
    flat = [(names.index(cell), share) for shares in creators for cell, share in shares.items()]
    status = [MEASURED if shares else ABSENT for shares in creators]
    return AudienceCells(
        np.cumsum([0, *map(len, creators)]),
        np.array([code for code, _ in flat], np.int32),
        np.array([share for _, share in flat], np.float32),
        np.array([people if shares else 0 for shares in creators], np.float32),
        np.array(status, np.int8),
    )
