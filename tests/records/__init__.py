"""Tests of what travels between the rooms."""
