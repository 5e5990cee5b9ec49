"""Encoders: text in, one unit row per text out. `load.load_encoder` is the way in."""
