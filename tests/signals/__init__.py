"""Tests of the signals: worked by hand, or held to a property."""
