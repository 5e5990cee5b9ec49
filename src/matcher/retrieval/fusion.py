"""
Fusion of the two arms by convex combination on theoretical min–max scores (Bruch, Gai & Ingber 2023).

Both scores lie on scales that do not depend on what else was found: a cosine on [-1, 1], BM25 on [0, bound of the
query]. So the fused score of a post does not change when another post appears.
"""

import numpy as np
from numpy.typing import NDArray


def fuse(cosine: NDArray[np.float32], lexical: NDArray[np.float32], lexical_weight: float) -> NDArray[np.float32]:
    """Fused scores float32 [n] in [0, 1] from cosines [n] in [-1, 1] and lexical scores [n] in [0, 1]."""
    weight = np.float32(lexical_weight)
    fused: NDArray[np.float32] = (1 - weight) * (cosine + 1) / 2 + weight * lexical
    return fused
