"""What lasts: one immutable folder per index."""
