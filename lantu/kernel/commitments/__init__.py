"""Commitments: who owes what, measured how, by when?"""
