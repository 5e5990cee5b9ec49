"""The demo world: invented creators, posts and audiences in four languages, with the truth beside them."""

from matcher.demo.samples import briefs
from matcher.demo.world import World, write_world

__all__ = ["World", "briefs", "write_world"]
