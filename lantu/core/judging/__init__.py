"""Judging: is a promise kept so far, and why?"""
