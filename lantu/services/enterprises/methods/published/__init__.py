"""Formulas as they were published: what does each give for one set of figures?"""
