"""Figures: what does a printed number say, in which unit, for which time and territory?"""
