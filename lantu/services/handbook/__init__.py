"""Handbook: how does a person begin, and what do the words mean?"""
