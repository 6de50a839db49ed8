"""Totals: what do the zones of an area come to together?"""
