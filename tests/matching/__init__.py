"""Tests of the read path, on a small index."""
