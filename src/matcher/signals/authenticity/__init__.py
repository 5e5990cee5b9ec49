"""Authenticity: are followers and reactions what they seem? A probability with its reasons."""
