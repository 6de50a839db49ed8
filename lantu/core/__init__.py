"""Calculates: pure Python, usable from a notebook, without Django and without a network."""
