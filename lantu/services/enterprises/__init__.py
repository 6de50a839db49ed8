"""Enterprises: which firms are here, and what does each mu of land give?"""
