"""Encoders: text in, one unit row per text out."""

from matcher.retrieval.encoders.load import load_encoder
from matcher.retrieval.encoders.protocol import Encoder, encode_briefs

__all__ = ["Encoder", "encode_briefs", "load_encoder"]
