"""Preferences: which of the brief's `should` conditions a creator meets. Met ones help, unmet ones exclude nobody."""

import numpy as np
from numpy.typing import NDArray

from matcher.signals.opinion import Opinion


def preferences(met: dict[str, NDArray[np.bool_]]) -> Opinion:
    """The share of conditions met by n creators, from condition → bool [n]; at least one condition."""
    names = list(met)
    table = np.stack([met[name] for name in names])

    def note(i: int) -> str:
        met_names = [name for name, passed in zip(names, table[:, i], strict=True) if passed]
        meets = [name.replace("_", " ") for name in met_names]
        misses = [name.replace("_", " ") for name in names if name not in met_names]
        said = f"Meets {len(meets)} of {len(names)} preferences"
        said += f": {', '.join(meets)}" if meets else ""
        return said + (f"; not {', '.join(misses)}." if misses else ".")

    return Opinion("preferences", table.mean(axis=0), np.full(table.shape[1], 3, dtype=np.int8), note)
